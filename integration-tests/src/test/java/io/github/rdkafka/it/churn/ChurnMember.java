package io.github.rdkafka.it.churn;

import io.github.rdkafka.RdKafkaConsumer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A careful application: it processes what it polls, then commits it, and what it could not commit
 * before its partitions go. It keeps a {@link Journal}. On a thread, or as a program of its own:
 * ChurnMember bootstrap-servers topic protocol assignor ours|kafka journal
 */
public final class ChurnMember implements Runnable, ConsumerRebalanceListener {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long STALL_NANOS = 20_000_000;

  private final Consumer<String, String> consumer;
  private final String topic;
  private final PrintWriter journal;
  private final Set<TopicPartition> assigned = new HashSet<>();
  private final Map<TopicPartition, OffsetAndMetadata> processed = new HashMap<>();
  volatile boolean stalled;
  volatile boolean leaving;

  ChurnMember(
      String servers, String topic, String protocol, String assignor, boolean ours, Path journal)
      throws IOException {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, "g-" + topic);
    config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 200);
    config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 12_000);
    if (protocol.equals("classic")) {
      config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, assignor);
      config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
      config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 500);
    }
    StringDeserializer strings = new StringDeserializer();
    this.consumer =
        ours
            ? new RdKafkaConsumer<>(config, strings, strings)
            : new KafkaConsumer<>(config, strings, strings);
    this.topic = topic;
    this.journal =
        new PrintWriter(
            Files.newBufferedWriter(journal, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  public static void main(String[] args) throws IOException {
    Path journal = Path.of(args[5]);
    new ChurnMember(args[0], args[1], args[2], args[3], args[4].equals("ours"), journal).run();
  }

  @Override
  public void run() {
    try (consumer) {
      consumer.subscribe(List.of(topic), this);
      while (!leaving) {
        process(consumer.poll(POLL));
        while (stalled) {
          LockSupport.parkNanos(STALL_NANOS);
        }
        commit(processed.keySet());
      }
    } catch (Throwable failure) {
      write("failed " + failure);
      failure.printStackTrace(journal);
    } finally {
      write("end");
    }
  }

  private void process(Iterable<ConsumerRecord<String, String>> records) {
    for (ConsumerRecord<String, String> record : records) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      if (!assigned.contains(partition) || !record.value().equals("" + record.offset())) {
        write("failed by " + record + ", with " + assigned);
      }
      journal.println("processed " + record.partition() + " " + record.offset());
      processed.put(partition, new OffsetAndMetadata(record.offset() + 1));
    }
    journal.flush();
  }

  /** Tries again after the next poll what a rebalance is in the way of. */
  private void commit(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(processed);
    offsets.keySet().retainAll(Set.copyOf(partitions));
    if (offsets.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(offsets);
      offsets.forEach(
          (partition, offset) ->
              journal.println("committed " + partition.partition() + " " + offset.offset()));
      journal.flush();
      processed.keySet().removeAll(offsets.keySet());
    } catch (CommitFailedException lost) {
      giveUp(offsets.keySet());
    } catch (RebalanceInProgressException | RetriableException later) {
      write("later " + later);
    }
  }

  private void giveUp(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      if (processed.remove(partition) != null) {
        write("lost " + partition.partition());
      }
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    assigned.addAll(partitions);
    write("assigned " + assigned.size());
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    commit(List.copyOf(partitions));
    assigned.removeAll(partitions);
    write("assigned " + assigned.size());
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    giveUp(List.copyOf(partitions));
    assigned.removeAll(partitions);
    write("assigned " + assigned.size());
  }

  private void write(String line) {
    journal.println(line);
    journal.flush();
  }
}
