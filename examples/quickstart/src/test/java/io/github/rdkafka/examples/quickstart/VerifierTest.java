package io.github.rdkafka.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private final Verifier verifier = new Verifier(Workload.KEYS + 10);

  @Test
  void acceptsWhatWasSent() {
    Verifier three = new Verifier(3);
    three.accept(received(0, 0, 0));
    three.accept(received(1, 0, 1));
    three.accept(received(2, 1, 0));
    three.finish();
    assertEquals(3, three.count());
  }

  @Test
  void noticesAMissingRecord() {
    Verifier three = new Verifier(3);
    three.accept(received(0, 0, 0));
    three.accept(received(2, 1, 0));
    QuickstartException e = assertThrows(QuickstartException.class, three::finish);
    assertEquals("1 of 3 records are missing, the first is number 1", e.getMessage());
  }

  @Test
  void noticesADuplicate() {
    verifier.accept(received(0, 0, 0));
    assertRejected(received(0, 0, 1), "number 0 is there twice");
  }

  @Test
  void noticesANumberThatWasNotSent() {
    assertRejected(received(Workload.KEYS + 10, 0, 0), "never sent");
  }

  @Test
  void noticesWrongOrderInAPartition() {
    verifier.accept(received(5, 0, 0));
    assertRejected(received(4, 0, 1), "number 4 comes after number 5");
  }

  @Test
  void noticesAGapInAPartition() {
    verifier.accept(received(0, 0, 0));
    assertRejected(received(1, 0, 2), "it comes after offset 0");
  }

  @Test
  void noticesAPartitionThatDoesNotBeginAtItsBeginning() {
    assertRejected(received(0, 0, 1), "it comes after offset -1");
  }

  @Test
  void noticesAKeyInTwoPartitions() {
    verifier.accept(received(1, 0, 0));
    assertRejected(received(Workload.KEYS + 1, 1, 0), "was in partition 0 before");
  }

  @Test
  void noticesAnotherKey() {
    ProducerRecord<String, byte[]> sent = Workload.record("topic", 1);
    assertRejected(received(sent, "customer-2", sent.value(), 0, 0), "its key is 'customer-2'");
  }

  @Test
  void noticesADamagedValue() {
    ProducerRecord<String, byte[]> sent = Workload.record("topic", 1);
    byte[] damaged = sent.value().clone();
    damaged[99] ^= 1;
    assertRejected(received(sent, sent.key(), damaged, 0, 0), "another checksum");
  }

  @Test
  void noticesAShortenedValue() {
    ProducerRecord<String, byte[]> sent = Workload.record("topic", 1);
    assertRejected(received(sent, sent.key(), new byte[99], 0, 0), "100 bytes");
    assertRejected(received(sent, sent.key(), null, 0, 0), "100 bytes");
  }

  @Test
  void noticesAMissingOrEmptyHeader() {
    ProducerRecord<String, byte[]> sent = Workload.record("topic", 1);
    sent.headers().remove(Workload.CHECKSUM_HEADER);
    assertRejected(received(sent, sent.key(), sent.value(), 0, 0), "no header crc32c");
    sent.headers().add(Workload.CHECKSUM_HEADER, null);
    assertRejected(received(sent, sent.key(), sent.value(), 0, 0), "no header crc32c");
  }

  private void assertRejected(ConsumerRecord<String, byte[]> record, String reason) {
    QuickstartException e = assertThrows(QuickstartException.class, () -> verifier.accept(record));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  private static ConsumerRecord<String, byte[]> received(int number, int partition, long offset) {
    ProducerRecord<String, byte[]> sent = Workload.record("topic", number);
    return received(sent, sent.key(), sent.value(), partition, offset);
  }

  private static ConsumerRecord<String, byte[]> received(
      ProducerRecord<String, byte[]> sent, String key, byte[] value, int partition, long offset) {
    return new ConsumerRecord<>(
        sent.topic(),
        partition,
        offset,
        0,
        TimestampType.CREATE_TIME,
        ConsumerRecord.NULL_SIZE,
        ConsumerRecord.NULL_SIZE,
        key,
        value,
        new RecordHeaders(sent.headers()),
        Optional.empty());
  }
}
