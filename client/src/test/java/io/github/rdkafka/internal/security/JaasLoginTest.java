package io.github.rdkafka.internal.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

class JaasLoginTest {

  @Test
  void optionsOfTheConfiguredModule() {
    JaasLogin login = load("a.B required user=\"x y\" on=\"TRUE\" off=\"false\";");
    assertEquals(Optional.of("x y"), login.option("user"));
    assertEquals(Optional.empty(), login.option("password"));
    assertTrue(login.isTrue("on"));
    assertFalse(login.isTrue("off"));
    assertFalse(login.isTrue("absent"));
  }

  @Test
  void otherModulesAreRefused() {
    JaasLogin login = load("a.B required;");
    login.requireModules(Set.of("a.B"));
    ConfigException failure =
        assertThrows(ConfigException.class, () -> login.requireModules(Set.of("a.C")));
    assertEquals(
        "Invalid value a.B for configuration sasl.jaas.config: This login module is not supported"
            + " with the SASL mechanism PLAIN",
        failure.getMessage());
  }

  @Test
  void withoutTheKeyTheJvmsLoginConfigurationCounts() {
    Configuration.setConfiguration(
        new Configuration() {
          @Override
          public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            if (!name.equals("KafkaClient")) {
              return null;
            }
            return new AppConfigurationEntry[] {
              new AppConfigurationEntry(
                  "a.B",
                  AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                  Map.of("username", "of the file"))
            };
          }
        });
    try {
      assertEquals(Optional.of("of the file"), load(null).option("username"));
    } finally {
      Configuration.setConfiguration(null);
    }
  }

  @Test
  void aMissingOrMalformedSectionIsKafkasError() {
    assertThrows(IllegalArgumentException.class, () -> load("a.B required"));
    assertThrows(IllegalArgumentException.class, () -> load("a.B required; a.C required;"));
    String disallowed = "com.sun.security.auth.module.JndiLoginModule";
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> load(disallowed + " required;"));
    assertTrue(failure.getMessage().startsWith(disallowed + " is not allowed."));
  }

  private static JaasLogin load(String jaas) {
    Map<String, Object> configs = new HashMap<>();
    configs.put("sasl.jaas.config", jaas == null ? null : new Password(jaas));
    return JaasLogin.load(configs, "PLAIN");
  }
}
