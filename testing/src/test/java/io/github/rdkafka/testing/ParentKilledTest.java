package io.github.rdkafka.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParentKilledTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void pausedBrokerEndsWithItsParentAndLeavesNoFiles() throws Exception {
    Path left = killParentOf("paused");
    assertTrue(Processes.becomesTrue(() -> !Files.exists(left), LIMIT), left + " remains");
  }

  @Test
  void brokerEndsWithItsParentThoughTheWatchdogIsGone() throws Exception {
    killParentOf("unwatched");
  }

  /** The folder that the broker had. */
  private Path killParentOf(String what) throws IOException, InterruptedException {
    Path tmp = Files.createDirectory(folder.resolve("with blank"));
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Djava.io.tmpdir=" + tmp,
                "-D" + BrokerCommand.JVM_ARGS_PROPERTY + "=-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Orphan.class.getName(),
                what)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long broker;
    Path left;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(parent.getInputStream(), UTF_8))) {
      String line = out.readLine();
      assertNotNull(line, "no cluster");
      String[] parts = line.split(" ", 2);
      broker = Long.parseLong(parts[0]);
      left = Path.of(parts[1]);
      assertEquals(what.equals("paused") ? 'T' : 'S', Processes.state(broker));
      assertTrue(Files.exists(left));
    } finally {
      parent.destroyForcibly();
    }
    assertTrue(parent.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertTrue(
        Processes.becomesTrue(() -> !Processes.isAlive(broker), LIMIT), "the broker outlives it");
    return left;
  }
}
