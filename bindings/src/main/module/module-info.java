/** librdkafka's functions, and the loader of the library. */
module io.github.rdkafka.bindings {
  exports io.github.rdkafka.bindings;
  exports io.github.rdkafka.bindings.librdkafka;
}
