/** Kafka Streams on librdkafka. */
module io.github.rdkafka.streams {
  requires transitive io.github.rdkafka;
  requires transitive kafka.clients;
  requires transitive kafka.streams;

  exports io.github.rdkafka.streams;
}
