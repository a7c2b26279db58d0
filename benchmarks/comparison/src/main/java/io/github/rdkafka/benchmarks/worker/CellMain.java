package io.github.rdkafka.benchmarks.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rdkafka.benchmarks.Measurement;
import io.github.rdkafka.benchmarks.Work;

/** The main class of the JVM that one run has to itself; the C program is its counterpart. */
public final class CellMain {
  private CellMain() {}

  /** Prints one line, {@code [result]} and a {@link Measurement} as JSON; exits with 1 if not. */
  public static void main(String[] args) {
    try {
      Spec spec = new Spec(args);
      Measurement measurement =
          spec.work() == Work.CONSUME ? new ConsumeRun(spec).run() : new ProduceRun(spec).run();
      System.out.println("[result] " + new ObjectMapper().writeValueAsString(measurement));
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
  }
}
