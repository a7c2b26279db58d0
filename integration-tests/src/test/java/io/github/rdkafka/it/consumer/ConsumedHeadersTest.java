package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.config;
import static io.github.rdkafka.it.consumer.ConsumerTestSupport.consumer;
import static io.github.rdkafka.it.consumer.ConsumerTestSupport.read;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.SharedCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers as Kafka's own producer sends them. */
@Timeout(120)
class ConsumedHeadersTest {
  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
  void areWhatWasSent(String compression) {
    String topic = SharedCluster.newTopic(1);
    List<ProducerRecord<String, String>> sent = records(topic);
    Map<String, Object> toProduce =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            SharedCluster.get().bootstrapServers(),
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            compression);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(toProduce, new StringSerializer(), new StringSerializer())) {
      sent.forEach(producer::send);
    }
    try (RdKafkaConsumer<String, String> consumer = consumer(config())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      List<ConsumerRecord<String, String>> records = read(consumer, sent.size());
      assertEquals(sent.size(), records.size());
      for (int i = 0; i < sent.size(); i++) {
        assertEquals(sent.get(i).key(), records.get(i).key());
        assertEquals(sent.get(i).value(), records.get(i).value());
        assertSame(sent.get(i).headers().toArray(), records.get(i).headers().toArray());
      }
    }
  }

  private static List<ProducerRecord<String, String>> records(String topic) {
    List<ProducerRecord<String, String>> records = new ArrayList<>();
    for (String value : new String[] {"value", "", null, "v".repeat(20_000)}) {
      for (int headers : new int[] {0, 1, 3, 100}) {
        ProducerRecord<String, String> record =
            new ProducerRecord<>(topic, 0, "k" + records.size(), value);
        for (int i = 0; i < headers; i++) {
          record.headers().add("trace", new byte[] {(byte) i});
          record.headers().add("größer" + i, new byte[i * 10]);
          record.headers().add("none", null);
        }
        records.add(record);
      }
    }
    ProducerRecord<String, String> odd = new ProducerRecord<>(topic, 0, null, "odd");
    odd.headers().add("", new byte[0]);
    odd.headers().add("with\0zero", new byte[70_000]);
    records.add(odd);
    return records;
  }

  private static void assertSame(Header[] sent, Header[] read) {
    assertEquals(sent.length, read.length);
    for (int i = 0; i < sent.length; i++) {
      assertEquals(sent[i].key(), read[i].key());
      assertArrayEquals(sent[i].value(), read[i].value());
    }
  }
}
