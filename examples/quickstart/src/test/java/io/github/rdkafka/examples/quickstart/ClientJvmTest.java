package io.github.rdkafka.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With a broker that takes connections and never answers: whoever sends to it waits a minute. */
class ClientJvmTest {
  private static final Command COMMAND = new Command(Step.PRODUCE, "topic");

  private ServerSocket silentBroker;

  @BeforeEach
  void listen() throws IOException {
    silentBroker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stopListening() throws IOException {
    silentBroker.close();
  }

  @ParameterizedTest
  @EnumSource
  void endsWithItsCommandsAlsoWhileItWorks(Client client) throws IOException {
    ClientJvm jvm = start(client, Map.of());
    jvm.send(COMMAND);
    jvm.close();
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatHangsIsEnded(Client client) {
    ClientJvm jvm = start(client, Map.of());
    QuickstartException e =
        assertThrows(QuickstartException.class, () -> jvm.run(COMMAND, "", Duration.ofSeconds(2)));
    assertTrue(e.getMessage().startsWith(client.title() + ", produce: its JVM "), e.getMessage());
    QuickstartException atTheEnd = assertThrows(QuickstartException.class, jvm::close);
    assertEquals(client.title() + "'s JVM ended with exit code 137", atTheEnd.getMessage());
  }

  @Test
  void aClientThatFailsIsReported() {
    ClientJvm jvm = start(Client.RDKAFKA, Map.of("quickstart.producer.config", "acks=few"));
    QuickstartException e = assertThrows(QuickstartException.class, () -> jvm.run(COMMAND, "1/1"));
    assertEquals("rdkafka-client, produce: its JVM ended, see above (exit code 1)", e.getMessage());
    assertThrows(QuickstartException.class, jvm::close);
  }

  private ClientJvm start(Client client, Map<String, String> properties) {
    Settings settings = Settings.from(properties::get);
    return ClientJvm.start(client, settings, "127.0.0.1:" + silentBroker.getLocalPort());
  }
}
