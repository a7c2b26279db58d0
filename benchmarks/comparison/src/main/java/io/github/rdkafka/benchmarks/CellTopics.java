package io.github.rdkafka.benchmarks;

/**
 * The topics of one cell in one round: one for each run that produces, one for all that consume,
 * which is filled before the first of them.
 */
final class CellTopics implements AutoCloseable {
  private final Cell cell;
  private final Broker broker;
  private final CellRunner runner;
  private final Progress progress;
  private String topic;

  CellTopics(Cell cell, Broker broker, CellRunner runner, Progress progress) {
    this.cell = cell;
    this.broker = broker;
    this.runner = runner;
    this.progress = progress;
  }

  /** The topic of the next run. */
  String next() {
    if (cell.work() != Work.CONSUME) {
      close();
      topic = broker.createTopic(cell);
      broker.openPartitions(topic, cell.partitions());
    } else if (topic == null) {
      progress.note("filling the topic of " + cell.id());
      topic = broker.createTopic(cell);
      fill();
    }
    return topic;
  }

  private void fill() {
    try {
      runner.fill(topic, cell);
    } catch (BenchmarkException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    String last = topic;
    topic = null;
    if (last != null) {
      broker.deleteTopic(last);
    }
  }
}
