package io.github.rdkafka.internal.metrics;

/** One broker in librdkafka's statistics; the object is used again for the next one. */
final class BrokerStatistics {
  private static final BrokerCounters NONE = new BrokerCounters();
  private static final String COORDINATOR = "GroupCoordinator";

  String name;
  String nodeName;
  String source;
  String state;
  long nodeId;

  /** Requests that wait to be sent or to be answered. */
  long inFlight;

  /** Microseconds since the last request was sent; -1 if not known. */
  long sendIdleMicros;

  final BrokerCounters counters = new BrokerCounters();

  /** In microseconds, of each record: from {@code send} to its request. */
  final Window queueTime = new Window();

  /** In microseconds, of each request. */
  final Window roundTrip = new Window();

  /** In milliseconds, of each answer. */
  final Window throttle = new Window();

  private long namedRequests;

  /** A connection to whichever broker has a certain role. */
  boolean isLogical() {
    return "logical".equals(source);
  }

  boolean isGroupCoordinator() {
    return isLogical() && name.startsWith(COORDINATOR);
  }

  /** Whether there is a connection, or one is being made. */
  boolean isConnected() {
    return state != null
        && switch (state) {
          case "INIT", "DOWN", "TRY_CONNECT" -> false;
          default -> true;
        };
  }

  void read(JsonReader json) {
    clear();
    json.beginObject();
    String field;
    while ((field = json.nextName()) != null) {
      switch (field) {
        case "name" -> name = json.string();
        case "nodename" -> nodeName = json.string();
        case "nodeid" -> nodeId = json.number();
        case "source" -> source = json.string();
        case "state" -> state = json.string();
        case "outbuf_cnt", "waitresp_cnt" -> inFlight += json.number();
        case "txidle" -> sendIdleMicros = json.number();
        case "tx" -> counters.sent = json.number();
        case "txbytes" -> counters.sentBytes = json.number();
        case "rx" -> counters.received = json.number();
        case "rxbytes" -> counters.receivedBytes = json.number();
        case "connects" -> counters.connects = json.number();
        case "disconnects" -> counters.disconnects = json.number();
        case "int_latency" -> queueTime.read(json);
        case "rtt" -> roundTrip.read(json);
        case "throttle" -> throttle.read(json);
        case "req" -> readRequests(json);
        default -> json.skip();
      }
    }
    counters.unnamed = Math.max(0, counters.sent - namedRequests);
  }

  private void readRequests(JsonReader json) {
    json.beginObject();
    String request;
    while ((request = json.nextName()) != null) {
      long number = json.number();
      namedRequests += number;
      switch (request) {
        case "Fetch" -> counters.fetches = number;
        case "JoinGroup" -> counters.joins = number;
        case "SyncGroup" -> counters.syncs = number;
        case "Heartbeat" -> counters.heartbeats = number;
        default -> {}
      }
    }
  }

  private void clear() {
    name = "";
    nodeName = "";
    source = "";
    state = null;
    nodeId = -1;
    inFlight = 0;
    sendIdleMicros = -1;
    namedRequests = 0;
    counters.setGrowth(NONE, NONE);
    queueTime.clear();
    roundTrip.clear();
    throttle.clear();
  }
}
