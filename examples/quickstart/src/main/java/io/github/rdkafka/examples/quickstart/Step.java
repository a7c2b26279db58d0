package io.github.rdkafka.examples.quickstart;

import java.util.Locale;

/** What a client's JVM is told to do, each with a topic. */
enum Step {
  /** Produces and consumes, and nobody looks how long it takes. */
  WARM_UP,
  PRODUCE,
  CONSUME;

  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  int records(Settings settings) {
    return this == WARM_UP ? settings.warmup() : settings.records();
  }
}
