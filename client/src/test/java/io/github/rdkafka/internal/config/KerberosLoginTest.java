package io.github.rdkafka.internal.config;

import static io.github.rdkafka.internal.config.Translated.assertValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KerberosLoginTest {
  private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule required ";
  private static final String KEYTAB =
      MODULE + "useKeyTab=true keyTab=\"/etc/a b.keytab\" principal=\"HOST$@EXAMPLE.ORG\";";

  private static NativeConfig consumer(String jaas, Object... keysAndValues) {
    return Translated.consumer(
        Stream.concat(
                Stream.of("security.protocol", "SASL_PLAINTEXT", "sasl.jaas.config", jaas),
                Stream.of(keysAndValues))
            .toArray());
  }

  @Test
  void aKeytabIsUsedByKinitInAShell() {
    NativeConfig config = consumer(KEYTAB, "sasl.kerberos.service.name", "kafka");
    assertValue(config, "sasl.mechanism", "GSSAPI");
    assertValue(config, "sasl.kerberos.service.name", "kafka");
    assertValue(config, "sasl.kerberos.principal", "HOST$@EXAMPLE.ORG");
    assertValue(config, "sasl.kerberos.keytab", "/etc/a b.keytab");
    assertValue(
        config,
        "sasl.kerberos.kinit.cmd",
        "/usr/bin/kinit -R -t '%{sasl.kerberos.keytab}' -k '%{sasl.kerberos.principal}'"
            + " || /usr/bin/kinit -t '%{sasl.kerberos.keytab}' -k '%{sasl.kerberos.principal}'");
    assertValue(config, "sasl.kerberos.min.time.before.relogin", "60000");
  }

  @Test
  void kinitMayBeElsewhere() {
    String command =
        consumer(
                KEYTAB,
                "sasl.kerberos.service.name",
                "kafka",
                "sasl.kerberos.kinit.cmd",
                "/opt/my krb/kinit")
            .value("sasl.kerberos.kinit.cmd")
            .orElseThrow();
    assertEquals("'/opt/my krb/kinit' -R", command.substring(0, 22));
  }

  @Test
  void theDefaultKeytabNeedsNoPath() {
    assertValue(
        consumer(MODULE + "useKeyTab=true principal=\"p\" serviceName=\"kafka\";"),
        "sasl.kerberos.kinit.cmd",
        "/usr/bin/kinit -R -k '%{sasl.kerberos.principal}'"
            + " || /usr/bin/kinit -k '%{sasl.kerberos.principal}'");
  }

  @Test
  void aTicketCacheNeedsNoKinit() {
    NativeConfig config = consumer(MODULE + "useTicketCache=true serviceName=\"kafka\";");
    assertValue(config, "sasl.kerberos.min.time.before.relogin", "0");
    assertValue(config, "sasl.kerberos.kinit.cmd", null);
    assertValue(config, "sasl.kerberos.keytab", null);
  }

  @ParameterizedTest
  @CsvSource({"0, 60000", "1, 1000", "120000, 120000", "9223372036854775807, 86400000"})
  void timeBeforeRelogin(String value, String expected) {
    assertValue(
        consumer(
            KEYTAB,
            "sasl.kerberos.service.name",
            "kafka",
            "sasl.kerberos.min.time.before.relogin",
            value),
        "sasl.kerberos.min.time.before.relogin",
        expected);
  }

  @Test
  void theServiceNameMayStandInJaas() {
    assertValue(
        consumer(MODULE + "serviceName=\"broker\";"), "sasl.kerberos.service.name", "broker");
    assertIllegal("No serviceName defined in either JAAS or Kafka config", KEYTAB);
    assertIllegal(
        "Conflicting serviceName values found in JAAS and Kafka configs value in JAAS file a,"
            + " value in Kafka config b",
        MODULE + "serviceName=\"a\";",
        "sasl.kerberos.service.name",
        "b");
  }

  private static void assertIllegal(String message, String jaas, Object... keysAndValues) {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> consumer(jaas, keysAndValues));
    assertEquals(message, failure.getMessage());
  }

  @Test
  void whatAShellWouldMisreadIsRefused() {
    ConfigException failure =
        assertThrows(
            ConfigException.class,
            () -> consumer(MODULE + "serviceName=\"kafka\" principal=\"a'b\";"));
    assertEquals(
        "Invalid value a'b for configuration sasl.jaas.config: librdkafka runs kinit in a shell: no"
            + " ' may be in its arguments",
        failure.getMessage());
  }

  @Test
  void aLoginInLibrdkafkasTermsIsEnough() {
    NativeConfig config =
        Translated.consumer(
            "security.protocol", "SASL_PLAINTEXT",
            "sasl.kerberos.service.name", "kafka",
            "sasl.kerberos.principal", "p",
            "sasl.kerberos.keytab", "/k");
    assertValue(config, "sasl.kerberos.service.name", "kafka");
    assertValue(config, "sasl.kerberos.principal", "p");
  }
}
