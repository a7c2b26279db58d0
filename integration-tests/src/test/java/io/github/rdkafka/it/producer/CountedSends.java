package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rdkafka.RdKafkaProducer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Sends whose answers are counted, each for itself: an accepted one gets one, any other none. */
final class CountedSends {
  private record Send(Future<RecordMetadata> future, AtomicInteger answers) {}

  private final Queue<Send> accepted = new ConcurrentLinkedQueue<>();
  private final Queue<AtomicInteger> refused = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answers = new AtomicInteger();

  /** Throws what {@code send} throws. */
  void send(RdKafkaProducer<String, String> producer, String topic, String value) {
    send(producer, topic, value, () -> {});
  }

  /**
   * @param inCallback run by the record's callback
   */
  void send(
      RdKafkaProducer<String, String> producer, String topic, String value, Runnable inCallback) {
    AtomicInteger answersOfThis = new AtomicInteger();
    try {
      Future<RecordMetadata> future =
          producer.send(
              new ProducerRecord<>(topic, value),
              (metadata, failure) -> {
                answersOfThis.incrementAndGet();
                answers.incrementAndGet();
                inCallback.run();
              });
      accepted.add(new Send(future, answersOfThis));
    } catch (RuntimeException failure) {
      refused.add(answersOfThis);
      throw failure;
    }
  }

  int answers() {
    return answers.get();
  }

  int accepted() {
    return accepted.size();
  }

  int refused() {
    return refused.size();
  }

  /** How many of the accepted were delivered; all must be done. */
  int delivered() throws InterruptedException {
    int delivered = 0;
    for (Send send : accepted) {
      try {
        send.future.get();
        delivered++;
      } catch (ExecutionException failed) {
        // not this one
      }
    }
    return delivered;
  }

  /** Waits for the answers that a callback's own close leaves to the background. */
  void assertEachAnsweredOnce() {
    ProducerTests.until(
        () -> accepted.stream().allMatch(send -> send.future.isDone() && send.answers.get() > 0),
        () -> answers + " answers to " + accepted.size() + " sends");
    assertEquals(
        List.of(), accepted.stream().filter(send -> send.answers.get() != 1).toList(), "not once");
    assertEquals(List.of(), refused.stream().filter(count -> count.get() != 0).toList(), "refused");
  }
}
