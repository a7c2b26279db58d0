package io.github.rdkafka.it.producer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.utils.Utils;

/**
 * All that a program gives with a record. Bytes are strings here, one character for each, so that
 * they can be compared and read.
 *
 * @param partition null for the partitioner's choice
 * @param timestamp null for the time of the sending
 */
record SentRecord(
    Integer partition, Long timestamp, String key, String value, List<SentHeader> headers) {
  record SentHeader(String name, String value) {}

  ProducerRecord<byte[], byte[]> toSend(String topic) {
    List<Header> sent = new ArrayList<>();
    headers.forEach(header -> sent.add(new RecordHeader(header.name, bytes(header.value))));
    return new ProducerRecord<>(topic, partition, timestamp, bytes(key), bytes(value), sent);
  }

  /** With what the client chose; what the program chose must have stayed. */
  SentRecord as(RecordMetadata metadata) {
    int partitions = 3;
    if (partition != null) {
      assertEquals(partition, metadata.partition());
    } else if (key != null) {
      assertEquals(Utils.toPositive(Utils.murmur2(bytes(key))) % partitions, metadata.partition());
    }
    if (timestamp != null) {
      assertEquals(timestamp, metadata.timestamp());
    }
    assertEquals(key == null ? -1 : key.length(), metadata.serializedKeySize());
    assertEquals(value == null ? -1 : value.length(), metadata.serializedValueSize());
    return new SentRecord(metadata.partition(), metadata.timestamp(), key, value, headers);
  }

  static SentRecord read(ConsumerRecord<byte[], byte[]> record) {
    List<SentHeader> headers = new ArrayList<>();
    record
        .headers()
        .forEach(header -> headers.add(new SentHeader(header.key(), text(header.value()))));
    return new SentRecord(
        record.partition(), record.timestamp(), text(record.key()), text(record.value()), headers);
  }

  /** Halves of surrogate pairs become question marks, which is what Kafka's clients send too. */
  static String encodable(String name) {
    return new String(name.getBytes(UTF_8), UTF_8);
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, ISO_8859_1);
  }
}
