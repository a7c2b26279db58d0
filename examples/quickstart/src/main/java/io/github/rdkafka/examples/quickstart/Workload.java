package io.github.rdkafka.examples.quickstart;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes record number 0, 1, 2, …: a key out of {@value #KEYS}, a value of {@value #VALUE_SIZE}
 * bytes that begins with the number, and the value's checksum in a header.
 */
final class Workload {
  static final int VALUE_SIZE = 100;
  static final int KEYS = 10_000;
  static final String CHECKSUM_HEADER = "crc32c";

  private static final String[] KEY_OF = new String[KEYS];

  static {
    for (int i = 0; i < KEYS; i++) {
      KEY_OF[i] = "customer-" + i;
    }
  }

  private Workload() {}

  static ProducerRecord<String, byte[]> record(String topic, int number) {
    byte[] value = value(number);
    byte[] checksum = ByteBuffer.allocate(Integer.BYTES).putInt(checksum(value)).array();
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key(number), value);
    record.headers().add(CHECKSUM_HEADER, checksum);
    return record;
  }

  static String key(int number) {
    return KEY_OF[number % KEYS];
  }

  static int checksum(byte[] value) {
    CRC32C crc = new CRC32C();
    crc.update(value);
    return (int) crc.getValue();
  }

  /** The record's number, then bytes that do not compress and that follow from the number alone. */
  private static byte[] value(int number) {
    ByteBuffer value = ByteBuffer.allocate(VALUE_SIZE).putInt(number);
    long state = number;
    while (value.remaining() >= Long.BYTES) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      value.putLong(state);
    }
    return value.array();
  }

  static int number(byte[] value) {
    return ByteBuffer.wrap(value).getInt();
  }
}
