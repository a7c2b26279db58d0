package io.github.rdkafka.internal.metrics;

/** One partition in librdkafka's statistics; the object is used again for the next one. */
final class PartitionStatistics {
  String topic;

  /** Below 0 for records that wait for a partition. */
  long number;

  /** The broker that is asked for records. */
  long broker;

  long leader;

  /** The end for those who read what is committed; below 0 if not known. */
  long lastStableOffset;

  /** Records that wait for their first request, or their next one. */
  long queued;

  /** Records that librdkafka was given. */
  long accepted;

  /** Records in requests, each time they were in one. */
  long sent;

  /** Bytes of keys and values of {@link #sent}. */
  long sentBytes;

  void read(String ofTopic, JsonReader json) {
    topic = ofTopic;
    number = -1;
    broker = -1;
    leader = -1;
    lastStableOffset = -1;
    queued = 0;
    accepted = 0;
    sent = 0;
    sentBytes = 0;
    json.beginObject();
    String field;
    while ((field = json.nextName()) != null) {
      switch (field) {
        case "partition" -> number = json.number();
        case "broker" -> broker = json.number();
        case "leader" -> leader = json.number();
        case "ls_offset" -> lastStableOffset = json.number();
        case "msgq_cnt" -> queued = json.number();
        case "msgs" -> accepted = json.number();
        case "txmsgs" -> sent = json.number();
        case "txbytes" -> sentBytes = json.number();
        default -> json.skip();
      }
    }
  }
}
