package io.github.rdkafka.dropin;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Which kafka-clients it is. */
final class KafkaVersion {

  private static final String RESOURCE = "kafka/kafka-version.properties";

  private KafkaVersion() {}

  /** Like {@code kafka-clients 4.3.1}. */
  static String of(Class<?> type) {
    return of(type.getClassLoader());
  }

  static String of(ClassLoader loader) {
    try (InputStream in =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(RESOURCE)
            : loader.getResourceAsStream(RESOURCE)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return "kafka-clients " + properties.getProperty("version", "(version unknown)");
    } catch (IOException | IllegalArgumentException e) {
      return "kafka-clients (version unknown)";
    }
  }
}
