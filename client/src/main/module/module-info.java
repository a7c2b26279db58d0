/** Kafka's producer and consumer on librdkafka. */
module io.github.rdkafka {
  requires io.github.rdkafka.bindings;
  // no module of its own: its name comes from the JAR's
  requires transitive kafka.clients;
  requires org.slf4j;

  exports io.github.rdkafka;
}
