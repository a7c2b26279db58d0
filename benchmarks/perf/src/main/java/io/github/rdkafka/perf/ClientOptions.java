package io.github.rdkafka.perf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import picocli.CommandLine.Option;

/** What producer and consumer have in common. */
final class ClientOptions {
  @Option(
      names = "--bootstrap-server",
      description = "The server(s) to connect to. Takes precedence over bootstrap.servers.")
  private String bootstrapServer;

  @Option(
      names = {"--command-property", "--producer-props"},
      arity = "1..*",
      paramLabel = "NAME=VALUE",
      description = "Configuration of the client; takes precedence over --command-config.")
  private List<String> properties = new ArrayList<>();

  @Option(
      names = {"--command-config", "--producer.config", "--consumer.config"},
      paramLabel = "FILE",
      description = "A file with the client's configuration.")
  private Path file;

  @Option(names = "--print-metrics", description = "Print the client's metrics at the end.")
  private boolean printMetrics;

  Map<String, Object> config(String clientId) throws IOException {
    Map<String, Object> config = new HashMap<>();
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    if (file != null) {
      Properties read = new Properties();
      // without a charset, as Kafka reads such files
      try (InputStream in = Files.newInputStream(file)) {
        read.load(in);
      }
      read.stringPropertyNames().forEach(key -> config.put(key, read.getProperty(key)));
    }
    for (String property : properties) {
      int equals = property.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("'" + property + "' is not of the form name=value");
      }
      config.put(property.substring(0, equals), property.substring(equals + 1));
    }
    if (bootstrapServer != null) {
      config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServer);
    }
    if (!config.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
      throw new IllegalArgumentException(
          "At least one of --bootstrap-server, --command-property bootstrap.servers=… and"
              + " --command-config with it must be given.");
    }
    return config;
  }

  void print(Map<MetricName, ? extends Metric> metrics) {
    if (!printMetrics || metrics.isEmpty()) {
      return;
    }
    Map<String, Object> sorted = new TreeMap<>();
    metrics.forEach(
        (name, metric) ->
            sorted.put(name.group() + ":" + name.name() + ":" + name.tags(), metric.metricValue()));
    int width = sorted.keySet().stream().mapToInt(String::length).max().orElseThrow();
    String line = "%-" + width + "s %s %s%n";
    System.out.println();
    System.out.printf(line, "Metric Name", " ", "Value");
    sorted.forEach(
        (name, value) ->
            System.out.printf(
                line,
                name,
                ":",
                value instanceof Double number
                    ? String.format(Locale.ROOT, "%.3f", number)
                    : value));
  }
}
