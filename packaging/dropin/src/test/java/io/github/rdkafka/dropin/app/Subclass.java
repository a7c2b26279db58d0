package io.github.rdkafka.dropin.app;

import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** A subclass that overrides only what all sends go through. Usage: as RoundTrip. */
public final class Subclass extends KafkaProducer<String, String> {

  private int sends;

  private Subclass(Map<String, Object> configs) {
    super(configs, new StringSerializer(), new StringSerializer());
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<String, String> record, Callback callback) {
    sends++;
    return super.send(record, callback);
  }

  public static void main(String[] args) throws Exception {
    try (Subclass producer = new Subclass(Map.of("bootstrap.servers", args[0]))) {
      producer.send(new ProducerRecord<>(args[1], "value")).get();
      System.out.println("overridden sends: " + producer.sends);
      System.out.println("constant: " + KafkaProducer.NETWORK_THREAD_PREFIX);
    }
    Counts.print();
  }
}
