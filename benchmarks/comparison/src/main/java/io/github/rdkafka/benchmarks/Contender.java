package io.github.rdkafka.benchmarks;

/** The three that do the same work. */
public enum Contender {
  KAFKA_CLIENTS("kafka-clients"),
  RDKAFKA("rdkafka-java"),
  C("plain C");

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
