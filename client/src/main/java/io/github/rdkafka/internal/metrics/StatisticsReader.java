package io.github.rdkafka.internal.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads librdkafka's statistics: its brokers and topics. What stands before them is passed over
 * unread, for librdkafka writes the client's id as it is, quotes included.
 */
final class StatisticsReader {
  private static final byte[] BROKERS = "\"brokers\":".getBytes(UTF_8);
  private static final byte[] TOPICS = "\"topics\":".getBytes(UTF_8);

  private static final Logger LOG = LoggerFactory.getLogger(StatisticsReader.class);

  private final JsonReader json = new JsonReader();
  private final BrokerStatistics broker = new BrokerStatistics();
  private final PartitionStatistics partition = new PartitionStatistics();
  private final TopicStatistics topic = new TopicStatistics();
  private boolean warned;

  /** Tells the listener of all there is; of text that cannot be read, what comes before. */
  void read(byte[] text, int length, StatisticsListener listener) {
    try {
      readAll(text, length, listener);
    } catch (IllegalArgumentException unreadable) {
      if (!warned) {
        warned = true;
        LOG.warn(
            "librdkafka's statistics cannot be read; metrics that need them are wrong", unreadable);
      }
    }
  }

  private void readAll(byte[] text, int length, StatisticsListener listener) {
    json.reset(text, length);
    json.seek(BROKERS);
    json.beginObject();
    while (json.nextName() != null) {
      broker.read(json);
      listener.broker(broker);
    }
    json.seek(TOPICS);
    json.beginObject();
    String name;
    while ((name = json.nextName()) != null) {
      readTopic(name, listener);
    }
    listener.end();
  }

  private void readTopic(String name, StatisticsListener listener) {
    topic.topic = name;
    topic.batchBytes.clear();
    topic.batchRecords.clear();
    json.beginObject();
    String field;
    while ((field = json.nextName()) != null) {
      switch (field) {
        case "batchsize" -> topic.batchBytes.read(json);
        case "batchcnt" -> topic.batchRecords.read(json);
        case "partitions" -> readPartitions(name, listener);
        default -> json.skip();
      }
    }
    listener.topic(topic);
  }

  private void readPartitions(String name, StatisticsListener listener) {
    json.beginObject();
    while (json.nextName() != null) {
      partition.read(name, json);
      listener.partition(partition);
    }
  }
}
