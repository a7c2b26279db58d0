package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.it.SharedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches that are far larger than what a poll returns, taken over as a whole or one by one. */
@Timeout(120)
class MessageSetsTest {
  private static final String MESSAGE_SETS = "librdkafka.consume.message.sets";
  private static final int BATCH = 9000;

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @ParameterizedTest
  @CsvSource({
    "true, none",
    "true, gzip",
    "true, snappy",
    "true, lz4",
    "true, zstd",
    "false, none",
    "false, lz4"
  })
  void areReadFromAnyRecordOn(boolean messageSets, String compression) throws Exception {
    String topic = SharedCluster.newTopic(1);
    TopicPartition partition = new TopicPartition(topic, 0);
    sendBatch(partition, 0, compression);
    sendBatch(partition, BATCH, compression);
    try (RdKafkaConsumer<String, String> consumer =
        consumer(config(MESSAGE_SETS, messageSets, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 700))) {
      consumer.assign(Set.of(partition));
      for (int from : new int[] {0, BATCH - 1, 1, BATCH / 2, BATCH, BATCH + 1, 2 * BATCH - 1}) {
        consumer.seek(partition, from);
        int count = Math.min(2 * BATCH - from, 1000);
        List<ConsumerRecord<String, String>> records = read(consumer, count);
        for (int i = 0; i < records.size(); i++) {
          assertEquals(from + i, records.get(i).offset());
          assertEquals("" + (from + i), records.get(i).value());
        }
        assertEquals(from + records.size(), consumer.position(partition));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void goOnWhereAPauseOrASeekInterrupted(boolean messageSets) throws Exception {
    String topic = SharedCluster.newTopic(2);
    TopicPartition first = new TopicPartition(topic, 0);
    TopicPartition second = new TopicPartition(topic, 1);
    for (int from = 0; from < 3 * BATCH; from += BATCH) {
      sendBatch(first, from, "none");
      sendBatch(second, from, "none");
    }
    try (RdKafkaConsumer<String, String> consumer =
        consumer(config(MESSAGE_SETS, messageSets, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 400))) {
      consumer.assign(Set.of(first, second));
      long[] next = new long[2];
      int polls = 0;
      while (next[0] + next[1] < 6L * BATCH) {
        for (ConsumerRecord<String, String> record : consumer.poll(PATIENCE)) {
          assertEquals(next[record.partition()]++, record.offset(), record.topic());
        }
        if (++polls % 3 == 0) {
          consumer.pause(Set.of(polls % 2 == 0 ? first : second));
        }
        if (polls % 5 == 0 || consumer.paused().size() == 2) {
          consumer.resume(Set.of(first, second));
        }
        if (polls % 7 == 0 && next[0] > 0) {
          next[0] = Math.max(0, next[0] - 350);
          consumer.seek(first, next[0]);
        }
        if (isAtItsEnd(next, first, consumer) || isAtItsEnd(next, second, consumer)) {
          consumer.resume(Set.of(first, second));
        }
      }
    }
  }

  /** The other one alone would bring no record. */
  private static boolean isAtItsEnd(long[] next, TopicPartition ended, Consumer<?, ?> consumer) {
    return next[ended.partition()] == 3L * BATCH && !consumer.paused().isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"classic", "consumer"})
  void giveWayToARebalance(String protocol) throws Exception {
    String topic = SharedCluster.newTopic(2);
    sendBatch(new TopicPartition(topic, 0), 0, "none");
    sendBatch(new TopicPartition(topic, 1), 0, "none");
    Map<String, Object> config =
        config(
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            protocol,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            1);
    if (protocol.equals("classic")) {
      config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 200);
    }
    try (RdKafkaConsumer<String, String> slow = consumer(config);
        RdKafkaConsumer<String, String> joining = consumer(config)) {
      slow.subscribe(List.of(topic));
      read(slow, 1);
      assertEquals(2, slow.assignment().size());
      joining.subscribe(List.of(topic));
      int[] polls = {1};
      until(
          () -> {
            polls[0] += slow.poll(Duration.ofMillis(10)).count();
            joining.poll(Duration.ofMillis(10));
            return joining.assignment().size() == 1;
          },
          () -> "no rebalance in " + polls[0] + " polls");
      assertTrue(polls[0] < BATCH, "only after " + polls[0] + " polls");
    }
  }

  /** What tells of the pause is in the queue before the rebalance. */
  @Test
  void giveWayWhenTheMemberHasBeenGivenUp() throws Exception {
    String topic = SharedCluster.newTopic(1);
    sendBatch(new TopicPartition(topic, 0), 0, "none");
    Map<String, Object> config =
        config(
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            1,
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            6000,
            ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
            6000);
    String group = (String) config.get(ConsumerConfig.GROUP_ID_CONFIG);
    List<TopicPartition> lost = new ArrayList<>();
    try (RdKafkaConsumer<String, String> consumer = consumer(config)) {
      consumer.subscribe(
          List.of(topic),
          new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
              // it does not come to that
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
              // of no interest
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
              lost.addAll(partitions);
            }
          });
      read(consumer, 1);
      until(() -> members(group) == 0, () -> "still a member of " + group);
      for (int polls = 0; polls < 3 && lost.isEmpty(); polls++) {
        consumer.poll(Duration.ZERO);
      }
      assertEquals(List.of(new TopicPartition(topic, 0)), lost);
    }
  }

  private static int members(String group) {
    try {
      return SharedCluster.get()
          .admin()
          .describeClassicGroups(List.of(group))
          .describedGroups()
          .get(group)
          .get(30, TimeUnit.SECONDS)
          .members()
          .size();
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void haveTheTimestampsThatKafkasConsumerReads() throws Exception {
    String topic = "t-" + UUID.randomUUID();
    Map<String, String> appendTime =
        Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    SharedCluster.get().createTopic(topic, 1, 1, appendTime);
    String another = SharedCluster.newTopic(1);
    for (String to : List.of(topic, another)) {
      sendBatch(new TopicPartition(to, 0), 0, "none");
      sendBatch(new TopicPartition(to, 0), BATCH, "zstd");
    }
    for (String from : List.of(topic, another)) {
      TopicPartition partition = new TopicPartition(from, 0);
      try (RdKafkaConsumer<String, String> ours = consumer(config());
          KafkaConsumer<String, String> kafkas =
              new KafkaConsumer<>(config(), new StringDeserializer(), new StringDeserializer())) {
        ours.assign(Set.of(partition));
        kafkas.assign(Set.of(partition));
        assertEquals(described(kafkas), described(ours));
      }
    }
  }

  private static List<String> described(Consumer<String, String> consumer) {
    return read(consumer, 2 * BATCH).stream().map(ConsumerRecord::toString).toList();
  }

  /** All in one batch. */
  private static void sendBatch(TopicPartition partition, int from, String compression)
      throws Exception {
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            SharedCluster.get().bootstrapServers(),
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            compression,
            ProducerConfig.BATCH_SIZE_CONFIG,
            1_000_000,
            ProducerConfig.LINGER_MS_CONFIG,
            60_000);
    List<Future<RecordMetadata>> sends = new ArrayList<>();
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      for (int i = from; i < from + BATCH; i++) {
        sends.add(
            producer.send(
                new ProducerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    1_700_000_000_000L + i,
                    "k",
                    "" + i)));
      }
      producer.flush();
    }
    for (Future<RecordMetadata> send : sends) {
      send.get();
    }
  }
}
