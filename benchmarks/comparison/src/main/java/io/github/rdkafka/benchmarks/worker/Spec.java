package io.github.rdkafka.benchmarks.worker;

import io.github.rdkafka.benchmarks.BenchmarkException;
import io.github.rdkafka.benchmarks.Contender;
import io.github.rdkafka.benchmarks.Work;
import java.util.HashMap;
import java.util.Map;

/** The arguments of one run, {@code key=value} each; the C program understands the same ones. */
final class Spec {
  private static final String CONFIG = "conf.";

  private final Map<String, String> values = new HashMap<>();

  Spec(String[] args) {
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (equals < 1) {
        throw new BenchmarkException("'" + arg + "' is not of the form key=value");
      }
      values.put(arg.substring(0, equals), arg.substring(equals + 1));
    }
  }

  Contender contender() {
    return Contender.valueOf(text("contender"));
  }

  Work work() {
    return Work.valueOf(text("work"));
  }

  String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new BenchmarkException("argument " + key + "= is missing");
    }
    return value;
  }

  long number(String key) {
    try {
      return Long.parseLong(text(key));
    } catch (NumberFormatException e) {
      throw new BenchmarkException(key + " is '" + text(key) + "' and no number", e);
    }
  }

  boolean flag(String key) {
    return Boolean.parseBoolean(text(key));
  }

  /** The client's configuration. */
  Map<String, Object> config() {
    Map<String, Object> config = new HashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(CONFIG)) {
            config.put(key.substring(CONFIG.length()), value);
          }
        });
    return config;
  }

  /** Since the harness has forked this process. */
  double millisSinceFork() {
    return System.currentTimeMillis() - number("forked.micros") / 1e3;
  }
}
