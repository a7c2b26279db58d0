package io.github.rdkafka.dropin.programs.streams;

import io.github.rdkafka.streams.RdKafkaClientSupplier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/** Counts words exactly once; its counts lie in memory and have to be restored at each start. */
public final class WordCount {
  private WordCount() {}

  /**
   * Arguments: bootstrap servers, application id, folder for its state, and {@code supplier} for
   * clients from the supplier instead of Streams' own.
   */
  public static void main(String[] args) throws InterruptedException {
    Topology topology = topology(args[1]);
    Properties config = config(args[0], args[1], Path.of(args[2]));
    KafkaStreams streams =
        args.length > 3
            ? new KafkaStreams(topology, config, new RdKafkaClientSupplier())
            : new KafkaStreams(topology, config);
    streams.start();
    Thread.currentThread().join();
  }

  static String input(String applicationId) {
    return applicationId + "-input";
  }

  static String output(String applicationId) {
    return applicationId + "-output";
  }

  public static Topology topology(String applicationId) {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, String> lines = builder.stream(input(applicationId));
    KTable<String, Long> counts =
        lines
            .flatMapValues(line -> Arrays.asList(line.toLowerCase(Locale.ROOT).split(" ")))
            .groupBy((key, word) -> word, Grouped.with(Serdes.String(), Serdes.String()))
            .count(
                Materialized.<String, Long>as(Stores.inMemoryKeyValueStore("counts"))
                    .withKeySerde(Serdes.String())
                    .withValueSerde(Serdes.Long()));
    counts.toStream().to(output(applicationId), Produced.with(Serdes.String(), Serdes.Long()));
    return builder.build();
  }

  public static Properties config(String bootstrapServers, String applicationId, Path state) {
    Properties config = new Properties();
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    config.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    config.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    // each word then gives one record, and the output tells whether one was counted twice
    config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    config.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    // a killed instance is missed soon
    config.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 6000);
    config.put(StreamsConfig.producerPrefix("transaction.timeout.ms"), 5000);
    return config;
  }
}
