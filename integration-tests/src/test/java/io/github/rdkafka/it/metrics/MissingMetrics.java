package io.github.rdkafka.it.metrics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Kafka's metrics that librdkafka's clients do not have, each with the reason. */
final class MissingMetrics {
  private record Missing(String reason, List<String> metrics) {}

  private static final List<Missing> ALL =
      List.of(
          new Missing(
              "librdkafka tells the bytes of all requests, not of each",
              List.of(
                  "%s-metrics [client-id] request-size-max",
                  "%s-node-metrics [client-id, node-id] request-size-max")),
          new Missing(
              "of the loop that serves Kafka's sockets; librdkafka has a thread per broker instead",
              of(
                  "%s-metrics [client-id]",
                  "io-ratio",
                  "io-time-ns-avg",
                  "io-time-ns-total",
                  "io-wait-ratio",
                  "io-wait-time-ns-avg",
                  "io-wait-time-ns-total",
                  "select-rate",
                  "select-total")),
          new Missing(
              "librdkafka reports failed authentications only, and does not time any",
              of(
                  "%s-metrics [client-id]",
                  "failed-reauthentication-rate",
                  "failed-reauthentication-total",
                  "reauthentication-latency-avg",
                  "reauthentication-latency-max",
                  "successful-authentication-no-reauth-total",
                  "successful-authentication-rate",
                  "successful-authentication-total",
                  "successful-reauthentication-rate",
                  "successful-reauthentication-total")),
          new Missing(
              "librdkafka does not time joins and syncs, nor tell of joins that fail",
              of(
                  "consumer-coordinator-metrics [client-id]",
                  "join-time-avg",
                  "join-time-max",
                  "sync-time-avg",
                  "sync-time-max",
                  "failed-rebalance-rate-per-hour",
                  "failed-rebalance-total")),
          new Missing(
              "of the queues between the two threads of Kafka's consumer",
              of(
                  "consumer-metrics [client-id]",
                  "application-event-queue-processing-time-avg",
                  "application-event-queue-processing-time-max",
                  "application-event-queue-size",
                  "application-event-queue-time-avg",
                  "application-event-queue-time-max",
                  "application-events-expired-count",
                  "background-event-queue-processing-time-avg",
                  "background-event-queue-processing-time-max",
                  "background-event-queue-size",
                  "background-event-queue-time-avg",
                  "background-event-queue-time-max",
                  "time-between-network-thread-poll-avg",
                  "time-between-network-thread-poll-max",
                  "unsent-requests-queue-size",
                  "unsent-requests-queue-time-avg",
                  "unsent-requests-queue-time-max")));

  private MissingMetrics() {}

  private static List<String> of(String group, String... names) {
    return Stream.of(names).map(name -> group + " " + name).toList();
  }

  /** Reasons by the metrics' names, for a producer or a consumer. */
  static Map<String, String> reasons(String kind) {
    Map<String, String> reasons = new TreeMap<>();
    for (Missing missing : ALL) {
      missing.metrics.forEach(name -> reasons.put(name.replace("%s", kind), missing.reason));
    }
    return reasons;
  }
}
