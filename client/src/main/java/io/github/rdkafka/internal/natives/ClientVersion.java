package io.github.rdkafka.internal.natives;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.rd_kafka_version_str;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/** This library's version and librdkafka's: for brokers' operators, and in the metrics. */
public final class ClientVersion {
  private static final String RESOURCE = "/io/github/rdkafka/internal/version.properties";

  private ClientVersion() {}

  /** This library's version and, after that, librdkafka's. */
  static String full() {
    return ours() + "-librdkafka-" + librdkafka();
  }

  /** Both, by the names of their metrics. */
  public static Map<String, String> forMetrics() {
    return Map.of("rdkafka-java-version", ours(), "librdkafka-version", librdkafka());
  }

  private static String librdkafka() {
    return Memory.string(rd_kafka_version_str());
  }

  private static String ours() {
    Properties properties = new Properties();
    try (InputStream in = ClientVersion.class.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return properties.getProperty("version", "unknown");
  }
}
