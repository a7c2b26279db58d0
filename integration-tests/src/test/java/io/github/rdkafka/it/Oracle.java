package io.github.rdkafka.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What kafka-clients does is right. Where that is more than one thing, by which of its own threads
 * comes first, each of them is: a result of ours that differs is wrong only if kafka-clients does
 * not show it in a few more runs either.
 */
public final class Oracle {
  private static final Logger LOG = LoggerFactory.getLogger(Oracle.class);
  private static final int MORE_RUNS = 5;
  private static final Duration FOR_MORE_RUNS = Duration.ofSeconds(40);

  private Oracle() {}

  /** One run of a scenario, from nothing: what was seen. */
  @FunctionalInterface
  public interface Run {
    String seen() throws Exception;
  }

  public static void assertAgrees(Run kafkaClients, Run ours) throws Exception {
    String expected = kafkaClients.seen();
    assertFalse(expected.isEmpty(), "the scenario sees nothing");
    String actual = ours.seen();
    if (!expected.equals(actual) && !isSeenBy(kafkaClients, actual)) {
      assertEquals(expected, actual);
    }
  }

  private static boolean isSeenBy(Run kafkaClients, String actual) throws Exception {
    long end = System.nanoTime() + FOR_MORE_RUNS.toNanos();
    for (int run = 0; run < MORE_RUNS && System.nanoTime() < end; run++) {
      if (kafkaClients.seen().equals(actual)) {
        LOG.warn("kafka-clients does one thing or another, once this:\n{}", actual);
        return true;
      }
    }
    return false;
  }
}
