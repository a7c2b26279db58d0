package io.github.rdkafka.internal.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a producer measures. Records are counted per batch, when their delivery reports have come:
 * nothing here is called for a single record that goes well.
 */
public final class ProducerMetrics implements StatisticsListener {
  /** What of the producer can be looked at, at any time and by any thread. */
  public interface Sources {
    long bufferTotalBytes();

    long bufferAvailableBytes();

    long waitingThreads();

    /** How long threads have waited for buffer memory. */
    long bufferWaitNanos();

    /** Sends that have given up waiting for buffer memory. */
    long bufferExhausted();

    /** When metadata last came, in milliseconds since the epoch; 0 for never. */
    long metadataUpdatedMs();
  }

  /**
   * What decides which metrics are known.
   *
   * @param statistics whether librdkafka sends any
   * @param compressed whether it compresses batches
   */
  public record Settings(boolean statistics, boolean compressed) {
    /** Of compressed batches only librdkafka knows the size. */
    boolean knowsBatches() {
      return statistics || !compressed;
    }
  }

  /** What a record takes in a batch besides key, value and headers: its lengths are short. */
  private static final int RECORD_OVERHEAD = 10;

  private static final int BATCH_HEADER = 61;
  private static final double MILLIS_PER_SECOND = 1000;

  private final ClientMetrics owner;
  private final Settings settings;
  private final NetworkMetrics network;
  private final StatisticsReader reader = new StatisticsReader();
  private final Map<String, TopicMetrics> topics = new ConcurrentHashMap<>();
  private final Map<ProducerTime, LongAdder> times = new EnumMap<>(ProducerTime.class);
  private final MetricGroup timeGroup;

  private final LongAdder records;
  private final LongAdder errors;
  private final LongAdder retries;
  private final Distribution recordsPerRequest;
  private final Distribution recordSize;
  private final Distribution batchSize;
  private final Distribution compression;
  private final Distribution queueTime;
  private final Distribution requestLatency;
  private final Distribution throttle;

  private long nowMs;
  private long inFlightNow;
  private volatile long inFlight;

  public ProducerMetrics(ClientMetrics owner, Settings settings, Sources sources) {
    this.owner = owner;
    this.settings = settings;
    timeGroup = owner.group("metrics");
    for (ProducerTime time : ProducerTime.values()) {
      times.put(time, timeGroup.nanos(time.base, time.method));
    }
    MetricGroup group = owner.group("metrics");
    buffer(group, sources);
    records = group.meter("record-send", "records sent");
    errors = group.meter("record-error", "records that failed");
    recordsPerRequest = group.average("records-per-request-avg", "number of records per request");
    recordSize = group.averageAndMax("record-size", "size of the largest record of a batch");
    // librdkafka splits none.
    group.meter("batch-split", "batches split");
    group.value(
        "metadata-age",
        "The age in seconds of the metadata in use",
        (config, now) ->
            sources.metadataUpdatedMs() == 0
                ? Double.NaN
                : (now - sources.metadataUpdatedMs()) / MILLIS_PER_SECOND);
    MetricGroup batches = group.knownIf(settings.knowsBatches());
    batchSize = batches.averageAndMax("batch-size", "size of batches, in bytes");
    compression =
        batches.average("compression-rate-avg", "ratio of a batch's size to that of its records");
    MetricGroup told = group.knownIf(settings.statistics());
    retries = told.meter("record-retry", "records sent again");
    queueTime = told.averageAndMax("record-queue-time", "time in ms from send to the request");
    requestLatency = told.averageAndMax("request-latency", "time in ms until a response");
    throttle = told.averageAndMax("produce-throttle-time", "time in ms a broker throttled");
    told.value(
        "requests-in-flight", "The number of requests without response", (config, now) -> inFlight);
    network = new NetworkMetrics(owner, settings.statistics());
  }

  private static void buffer(MetricGroup group, Sources sources) {
    group.value(
        "buffer-total-bytes",
        "The bytes of buffer.memory",
        (config, now) -> sources.bufferTotalBytes());
    group.value(
        "buffer-available-bytes",
        "The bytes of buffer.memory that are not in use",
        (config, now) -> sources.bufferAvailableBytes());
    group.value(
        "waiting-threads",
        "The number of threads that wait for buffer memory",
        (config, now) -> sources.waitingThreads());
    group.time("bufferpool-wait", "that threads wait for buffer memory", sources::bufferWaitNanos);
    group.meter(
        "buffer-exhausted", "sends given up for want of buffer memory", sources::bufferExhausted);
  }

  /** The metrics of a topic, which appear with the first call. */
  public TopicMetrics topic(String name) {
    TopicMetrics known = topics.get(name);
    return known != null
        ? known
        : topics.computeIfAbsent(
            name,
            absent ->
                new TopicMetrics(owner, absent, settings.statistics(), settings.knowsBatches()));
  }

  /**
   * A batch is done.
   *
   * @param sent how many of its records were sent to a broker
   * @param failed how many failed, sent or not
   * @param unsent how many failed unsent
   * @param bytes of the records, uncompressed
   * @param largest an upper bound of the size of the largest record
   */
  public void batch(
      TopicMetrics topic, int sent, int failed, int unsent, long bytes, int largest, long now) {
    if (failed > 0) {
      errors.add(failed);
      topic.errors.add(failed);
      topic.unsent.add(unsent);
    }
    if (sent == 0) {
      return;
    }
    records.add(sent);
    topic.records.add(sent);
    recordsPerRequest.record(sent, now);
    recordSize.record(largest, now);
    if (!settings.compressed()) {
      long size = BATCH_HEADER + bytes;
      batchSize.record(size, now);
      topic.bytes.add(size);
      compression.record(1, now);
      topic.compression.record(1, now);
    }
  }

  /** A send failed before librdkafka took the record. */
  public void sendFailed() {
    errors.increment();
  }

  public void spent(ProducerTime time, long nanos) {
    times.get(time).add(nanos);
  }

  public void authenticationFailed() {
    network.authenticationFailed();
  }

  /** Takes librdkafka's statistics; on the event loop's thread. */
  public void statistics(byte[] json, int length) {
    nowMs = System.currentTimeMillis();
    inFlightNow = 0;
    network.begin();
    reader.read(json, length, this);
  }

  @Override
  public void broker(BrokerStatistics broker) {
    BrokerCounters changes = network.take(broker, nowMs);
    inFlightNow += broker.inFlight;
    queueTime.recordMillis(broker.queueTime, nowMs);
    throttle.recordWithZeros(broker.throttle, changes.received, nowMs);
    if (!broker.isLogical()) {
      requestLatency.recordMillis(broker.roundTrip, nowMs);
    }
  }

  @Override
  public void partition(PartitionStatistics partition) {
    if (partition.sent > 0) {
      topic(partition.topic).take(partition);
    }
  }

  @Override
  public void topic(TopicStatistics statistics) {
    TopicMetrics topic = topics.get(statistics.topic);
    if (topic == null) {
      return;
    }
    if (settings.compressed()) {
      compressed(topic, statistics.batchBytes);
    }
    long again = topic.endOfPartitions();
    if (again > 0) {
      retries.add(again);
      topic.retries.add(again);
    }
  }

  private void compressed(TopicMetrics topic, Window batches) {
    batchSize.record(batches, nowMs);
    topic.bytes.add(batches.sum);
    double plain =
        topic.newBytes()
            + RECORD_OVERHEAD * (double) topic.newRecords()
            + BATCH_HEADER * (double) batches.count;
    if (batches.count > 0 && plain > 0) {
      double ratio = batches.sum / plain;
      compression.record(ratio * batches.count, batches.count, ratio, nowMs);
      topic.compression.record(ratio * batches.count, batches.count, ratio, nowMs);
    }
  }

  @Override
  public void end() {
    network.end();
    inFlight = inFlightNow;
  }

  /** Takes out what Kafka's producer takes out when it is closed, before its reporters are. */
  public void close() {
    timeGroup.remove();
  }
}
