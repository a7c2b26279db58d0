package io.github.rdkafka.internal.config;

import static org.apache.kafka.clients.consumer.ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.CHECK_CRCS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.CLIENT_RACK_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ISOLATION_LEVEL_CONFIG;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigException;

/** Translates a consumer's configuration. */
public final class ConsumerConfigTranslator {
  private ConsumerConfigTranslator() {}

  /**
   * Translates what Kafka parsed. Keys that are translated or have no effect are marked as used;
   * those done in Java are left for the client to read.
   *
   * @return the caller owns it, see {@link NativeConfig#closeSources()}
   * @throws ConfigException for values that cannot be honoured, naming the user's key
   * @throws IllegalArgumentException for a heartbeat that is not shorter than the session
   * @throws org.apache.kafka.common.errors.InvalidGroupIdException for a blank group
   */
  public static NativeConfig translate(ConsumerConfig config) {
    Translation to = new Translation(config);
    ConnectionTranslation.apply(to);
    GroupTranslation.apply(to);
    offsets(to);
    FetchTranslation.apply(to);
    rack(to);
    ConsumerKeys.markWithoutEffect(to);
    SecurityTranslation.apply(to);
    return to.finish();
  }

  private static void offsets(Translation to) {
    // Commits are made in Java: librdkafka's timer would commit what is not yet processed.
    to.set("enable.auto.commit", "false", ENABLE_AUTO_COMMIT_CONFIG);
    to.set("enable.auto.offset.store", "false", ENABLE_AUTO_COMMIT_CONFIG);
    // every position is found in Java, which has to know where librdkafka reads
    to.set("auto.offset.reset", "error", AUTO_OFFSET_RESET_CONFIG);
    to.set(
        "isolation.level", to.config().getString(ISOLATION_LEVEL_CONFIG), ISOLATION_LEVEL_CONFIG);
    to.copyBoolean(ALLOW_AUTO_CREATE_TOPICS_CONFIG);
    to.copyBoolean(CHECK_CRCS_CONFIG);
  }

  private static void rack(Translation to) {
    String rack = to.config().getString(CLIENT_RACK_CONFIG);
    if (rack != null && !rack.isEmpty()) {
      to.set("client.rack", rack, CLIENT_RACK_CONFIG);
    }
  }
}
