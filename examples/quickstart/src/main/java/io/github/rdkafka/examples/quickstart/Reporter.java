package io.github.rdkafka.examples.quickstart;

import java.util.concurrent.atomic.AtomicLong;

/** Prints ten times a second how far a step is, until it is closed. */
final class Reporter implements AutoCloseable {
  private static final long EVERY_MILLIS = 100;

  private final Step step;
  private final AtomicLong done = new AtomicLong();
  private boolean closed;

  Reporter(Step step) {
    this.step = step;
    Thread thread = new Thread(this::reportUntilClosed, "reporter");
    thread.setDaemon(true);
    thread.start();
  }

  /** To be counted up by the one who does the work. */
  AtomicLong done() {
    return done;
  }

  private synchronized void reportUntilClosed() {
    try {
      while (!closed) {
        print(new Report(step, done.get(), null));
        wait(EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void print(Report report) {
    System.out.println(report.format());
    if (System.out.checkError()) {
      // nobody reads any more: the quickstart was ended
      Runtime.getRuntime().halt(1);
    }
  }

  /** Nothing is printed after it returns. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
