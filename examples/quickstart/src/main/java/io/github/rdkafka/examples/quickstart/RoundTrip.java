package io.github.rdkafka.examples.quickstart;

import io.github.rdkafka.examples.quickstart.Measurement.Stopwatch;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;

/** Sends the workload to a topic with one of the clients, reads it back and verifies it. */
final class RoundTrip {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Client client;
  private final Settings settings;
  private final String bootstrapServers;
  private final String topic;
  private final int records;

  RoundTrip(Client client, Settings settings, String bootstrapServers, String topic, int records) {
    this.client = client;
    this.settings = settings;
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.records = records;
  }

  /**
   * Measured from the first {@code send} to the last acknowledgement.
   *
   * @param acknowledged counts along; another thread may read it
   */
  Measurement produce(AtomicLong acknowledged) {
    Map<String, Object> config = new HashMap<>(settings.producerConfig());
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    AtomicReference<Exception> failure = new AtomicReference<>();

    try (Producer<String, byte[]> producer = client.producer(config)) {
      Stopwatch stopwatch = new Stopwatch();
      for (int number = 0; number < records && failure.get() == null; number++) {
        producer.send(
            Workload.record(topic, number),
            (metadata, exception) -> {
              if (exception == null) {
                acknowledged.incrementAndGet();
              } else {
                failure.compareAndSet(null, exception);
              }
            });
      }
      producer.flush();
      Measurement measurement = stopwatch.stop(records);

      if (failure.get() != null) {
        throw new QuickstartException("a record was not delivered", failure.get());
      }
      if (acknowledged.get() != records) {
        throw new QuickstartException(
            "flush returned with " + acknowledged + " of " + records + " records acknowledged");
      }
      return measurement;
    }
  }

  /**
   * Measured from the moment the group has assigned the partitions to the last record.
   *
   * @param verified counts along; another thread may read it
   */
  Measurement consume(AtomicLong verified) {
    Map<String, Object> config = new HashMap<>(settings.consumerConfig());
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, topic + "-readers");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    Verifier verifier = new Verifier(records);

    try (Consumer<String, byte[]> consumer = client.consumer(config)) {
      StartAtAssignment start = new StartAtAssignment();
      consumer.subscribe(List.of(topic), start);
      long lastProgress = System.nanoTime();
      while (verifier.count() < records) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          verifier.accept(record);
        }
        if (verified.getAndSet(verifier.count()) < verifier.count()) {
          lastProgress = System.nanoTime();
        } else if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
          verifier.finish();
        }
      }
      return start.stopwatch().stop(records);
    }
  }

  private static final class StartAtAssignment implements ConsumerRebalanceListener {
    private Stopwatch stopwatch;

    Stopwatch stopwatch() {
      if (stopwatch == null) {
        throw new QuickstartException("records came although no partition was assigned");
      }
      return stopwatch;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (stopwatch == null) {
        stopwatch = new Stopwatch();
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      // the group has no other member that would need to know
    }
  }
}
