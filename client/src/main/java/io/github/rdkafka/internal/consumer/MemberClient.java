package io.github.rdkafka.internal.consumer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.internals.ConsumerDelegateCreator;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer of Kafka's that is a member of the group and reads nothing. It is made as {@code
 * KafkaConsumer} makes what it consists of, and not by way of that class, which may be one that
 * stands for this client.
 *
 * <p>What the user sees of a consumer is not its business: it has no interceptors, no reporters of
 * metrics, no auto-commit.
 */
final class MemberClient {
  private static final Logger LOG = LoggerFactory.getLogger(MemberClient.class);

  private static final Map<String, Object> OVERRIDES =
      Map.of(
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          false,
          ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
          List.of(),
          ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG,
          List.of(),
          ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG,
          false);

  /** The configuration, which is in the log already. */
  private static final class Config extends ConsumerConfig {
    Config(Map<String, Object> values) {
      super(values, false);
    }
  }

  private final Consumer<byte[], byte[]> consumer;
  private final Wakeup wakeup;

  private MemberClient(Consumer<byte[], byte[]> consumer, Wakeup wakeup) {
    this.consumer = consumer;
    this.wakeup = wakeup;
  }

  /**
   * Makes the consumer; it does not connect yet.
   *
   * @param wakeup ends its calls as well from now on
   * @throws KafkaException for assignors that cannot be had
   */
  static MemberClient open(ConsumerConfig config, Wakeup wakeup) {
    Map<String, Object> values = config.originals();
    values.keySet().removeIf(key -> key.startsWith("librdkafka."));
    values.remove(ConsumerConfig.CONFIG_PROVIDERS_CONFIG);
    values.put(ConsumerConfig.CLIENT_ID_CONFIG, config.getString(ConsumerConfig.CLIENT_ID_CONFIG));
    values.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    values.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    values.putAll(OVERRIDES);
    Consumer<byte[], byte[]> consumer;
    try {
      consumer =
          new ConsumerDelegateCreator()
              .create(new Config(values), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException failure) {
      // this consumer's constructor says once more what was to be constructed
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
    LOG.info(
        "[clientId={}] The assignors {} run in Kafka's own client, records are fetched by"
            + " librdkafka",
        config.getString(ConsumerConfig.CLIENT_ID_CONFIG),
        config.getList(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG));
    wakeup.outside(consumer::wakeup);
    return new MemberClient(consumer, wakeup);
  }

  /** What it measures; any thread may look. */
  Map<MetricName, ? extends Metric> metrics() {
    return consumer.metrics();
  }

  /** For calls that wait for nobody. */
  Consumer<byte[], byte[]> consumer() {
    return consumer;
  }

  void run(java.util.function.Consumer<Consumer<byte[], byte[]>> call) {
    call(
        () -> {
          call.accept(consumer);
          return null;
        });
  }

  /** Makes a call that may wait: this consumer's wake-up ends it. */
  private <T> T call(Supplier<T> call) {
    while (true) {
      wakeup.goOutside();
      WakeupException woken = null;
      try {
        return call.get();
      } catch (WakeupException exception) {
        woken = exception;
      } finally {
        wakeup.comeBack();
      }
      if (wakeup.isMeant(woken)) {
        throw woken;
      }
    }
  }

  void close(Departure departure, Duration timeout) {
    departure.ofKafkas().accept(consumer, timeout);
  }
}
