package io.github.rdkafka.examples.quickstart;

import io.github.rdkafka.examples.quickstart.Report.Step;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The main class of the JVM that one client has to itself: warms up, then produces and consumes.
 * Reports on its standard output, which {@link ClientJvm} reads.
 */
final class ClientProcess {
  private ClientProcess() {}

  /**
   * Exits with 1 if anything is missing or wrong.
   *
   * @param args the client's name in {@link Client}, the bootstrap servers, the topic to warm up
   *     with, the topic to measure with
   */
  public static void main(String[] args) {
    try {
      Client client = Client.valueOf(args[0]);
      Settings settings = Settings.from(System::getProperty);
      if (settings.warmup() > 0) {
        warmUp(new RoundTrip(client, settings, args[1], args[2], settings.warmup()));
      }
      RoundTrip roundTrip = new RoundTrip(client, settings, args[1], args[3], settings.records());
      measure(Step.PRODUCE, roundTrip::produce);
      measure(Step.CONSUME, roundTrip::consume);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void warmUp(RoundTrip roundTrip) {
    try (Reporter reporter = new Reporter(Step.WARM_UP)) {
      roundTrip.produce(new AtomicLong());
      roundTrip.consume(reporter.done());
    }
  }

  private static void measure(Step step, Function<AtomicLong, Measurement> work) {
    Measurement measurement;
    try (Reporter reporter = new Reporter(step)) {
      measurement = work.apply(reporter.done());
    }
    Reporter.print(new Report(step, measurement.records(), measurement));
  }
}
