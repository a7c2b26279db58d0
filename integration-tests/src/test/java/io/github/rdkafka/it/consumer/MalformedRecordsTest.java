package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.MockCluster;
import io.github.rdkafka.it.Leftovers;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.utils.Crc32C;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A batch with something in it that is no record, with a checksum that fits. Kafka's broker takes
 * none, librdkafka's mock of one does.
 */
@Timeout(120)
class MalformedRecordsTest {
  private static final TopicPartition PARTITION = new TopicPartition("t", 0);
  private static final int CRC = 17;
  private static final int CHECKED = 21;

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  /** As kafka-clients' {@code CompletedFetch} does. */
  @Test
  void areToldWhenReachedAndUntilTheUserSeeks() throws Exception {
    try (MockCluster mock = MockCluster.start(1)) {
      mock.createTopic(PARTITION.topic(), 1, 1);
      store(mock, batch("0", "1", "2"));
      store(mock, lastOneMalformed(batch("3", "4", "5")));
      store(mock, batch("6", "7", "8"));
      Map<String, Object> config =
          config(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, mock.bootstrapServers());
      config.remove(ConsumerConfig.GROUP_ID_CONFIG);
      try (Consumer<String, String> consumer = consumer(config)) {
        consumer.assign(Set.of(PARTITION));
        assertEquals(List.of("0", "1", "2", "3", "4"), values(read(consumer, 5)));
        for (int i = 0; i < 3; i++) {
          KafkaException malformed =
              assertThrows(KafkaException.class, () -> consumer.poll(PATIENCE));
          assertEquals(
              "Received exception when fetching the next record from t-0."
                  + " If needed, please seek past the record to continue consumption.",
              malformed.getMessage());
          assertInstanceOf(InvalidRecordException.class, malformed.getCause());
          assertEquals(5, consumer.position(PARTITION));
        }
        consumer.seek(PARTITION, 4);
        assertEquals(List.of("4"), values(read(consumer, 1)));
        assertThrows(KafkaException.class, () -> consumer.poll(PATIENCE));
        consumer.seek(PARTITION, 6);
        assertEquals(List.of("6", "7", "8"), values(read(consumer, 3)));
      }
    }
  }

  @Test
  void areNotPassedOverWhileAPartitionIsPaused() throws Exception {
    try (MockCluster mock = MockCluster.start(1)) {
      mock.createTopic(PARTITION.topic(), 1, 1);
      store(mock, batch("0", "1", "2"));
      Map<String, Object> config =
          config(
              ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
              mock.bootstrapServers(),
              ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
              false);
      try (Consumer<String, String> consumer = consumer(config)) {
        consumer.assign(Set.of(PARTITION));
        assertEquals(List.of("0", "1", "2"), values(read(consumer, 3)));
        consumer.pause(Set.of(PARTITION));
        store(mock, lastOneMalformed(batch("3")));
        store(mock, batch("4"));
        until(() -> lag(consumer) == 2, () -> "lag " + lag(consumer));
        consumer.commitSync();
        assertEquals(3, consumer.position(PARTITION));
        consumer.resume(Set.of(PARTITION));
        assertThrows(KafkaException.class, () -> consumer.poll(PATIENCE));
        assertEquals(3, consumer.position(PARTITION));
        consumer.seek(PARTITION, 4);
        assertEquals(List.of("4"), values(read(consumer, 1)));
      }
    }
  }

  /** Polls, so that what has been fetched is taken over. */
  private static long lag(Consumer<String, String> consumer) {
    assertTrue(consumer.poll(Duration.ofMillis(10)).isEmpty());
    return consumer.currentLag(PARTITION).orElse(-1);
  }

  private static List<String> values(List<ConsumerRecord<String, String>> records) {
    return records.stream().map(ConsumerRecord::value).toList();
  }

  private static ByteBuffer batch(String... values) {
    SimpleRecord[] records = new SimpleRecord[values.length];
    for (int i = 0; i < values.length; i++) {
      records[i] =
          new SimpleRecord(1_700_000_000_000L, null, values[i].getBytes(StandardCharsets.UTF_8));
    }
    return MemoryRecords.withRecords(Compression.NONE, records).buffer();
  }

  /** The last record ends with its value's length, the value and the number of headers. */
  private static ByteBuffer lastOneMalformed(ByteBuffer batch) {
    int valueLength = batch.limit() - 3;
    batch.put(valueLength, (byte) 100);
    batch.putInt(
        CRC, (int) Crc32C.compute(batch, CHECKED - batch.position(), batch.limit() - CHECKED));
    return batch;
  }

  private static void store(MockCluster mock, ByteBuffer batch) throws IOException {
    ProduceRequestData data = new ProduceRequestData().setAcks((short) -1).setTimeoutMs(10_000);
    data.topicData()
        .add(
            new ProduceRequestData.TopicProduceData()
                .setName(PARTITION.topic())
                .setPartitionData(
                    List.of(
                        new ProduceRequestData.PartitionProduceData()
                            .setIndex(PARTITION.partition())
                            .setRecords(MemoryRecords.readableRecords(batch)))));
    short version = 7;
    ProduceRequest request = ProduceRequest.builder(data).build(version);
    byte[] bytes =
        Utils.toArray(
            request.serializeWithHeader(new RequestHeader(ApiKeys.PRODUCE, version, "test", 1)));
    String address = mock.bootstrapServers();
    try (Socket socket = new Socket(Utils.getHost(address), Utils.getPort(address))) {
      socket.setSoTimeout(10_000);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(bytes.length);
      out.write(bytes);
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      in.skipNBytes(in.readInt());
    }
  }
}
