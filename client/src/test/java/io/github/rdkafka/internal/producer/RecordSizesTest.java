package io.github.rdkafka.internal.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.api.Test;

class RecordSizesTest {
  private final Random random = new Random(7);

  @Test
  void theUpperBoundIsKafkas() {
    for (int i = 0; i < 2_000; i++) {
      byte[] key = bytes(300);
      byte[] value = bytes(100_000);
      Header[] headers = new Header[random.nextInt(5)];
      for (int h = 0; h < headers.length; h++) {
        String name = "h\u00e9\u20ac\ud83d\ude00".repeat(random.nextInt(40)) + h;
        headers[h] = new RecordHeader(name, bytes(200));
      }
      assertEquals(
          AbstractRecords.estimateSizeInBytesUpperBound(
              RecordBatch.CURRENT_MAGIC_VALUE, Compression.NONE.type(), key, value, headers),
          RecordSizes.upperBound(key, value, HeaderBytes.of(headers)));
    }
  }

  @Test
  void aRecordNeverTakesMoreThanThereIs() {
    assertEquals(1000 + RecordSizes.OVERHEAD, RecordSizes.charge(1000, 1_000_000));
    assertEquals(1100, RecordSizes.charge(1000, 1100));
    assertEquals(Integer.MAX_VALUE, RecordSizes.charge(Integer.MAX_VALUE, Long.MAX_VALUE));
  }

  @Test
  void towardsAFullBatchCountsWhatLibrdkafkaCountsAndHeaders() {
    assertEquals(12 + 100, queued(null, new byte[100]));
    assertEquals(12 + 107, queued(new byte[7], new byte[100]));
    assertEquals(12, queued(null, null));
    Header header = new RecordHeader("name", new byte[50]);
    assertEquals(12 + 107 + 1 + 1 + 4 + 1 + 50, queued(new byte[7], new byte[100], header));
  }

  private static int queued(byte[] key, byte[] value, Header... headers) {
    return RecordSizes.queued(
        key, value, RecordSizes.upperBound(key, value, HeaderBytes.of(headers)));
  }

  private byte[] bytes(int most) {
    return random.nextInt(10) == 0 ? null : new byte[random.nextInt(most)];
  }
}
