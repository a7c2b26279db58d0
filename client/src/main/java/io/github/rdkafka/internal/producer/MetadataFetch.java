package io.github.rdkafka.internal.producer;

import io.github.rdkafka.internal.metadata.MetadataRequest;
import io.github.rdkafka.internal.natives.NativeClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the cluster about one topic, again and again while senders wait for it. The call cannot be
 * interrupted, hence the short slices: a slow broker gets longer ones.
 */
final class MetadataFetch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataFetch.class);
  private static final int FIRST_SLICE_MILLIS = 100;
  private static final int LONGEST_SLICE_MILLIS = 800;

  private final NativeClient client;
  private final ProducerMetadata metadata;
  private final ClusterView clusterView;
  private final Topic topic;
  private final long retryBackoffMs;

  MetadataFetch(
      NativeClient client,
      ProducerMetadata metadata,
      ClusterView clusterView,
      Topic topic,
      long retryBackoffMs) {
    this.client = client;
    this.metadata = metadata;
    this.clusterView = clusterView;
    this.topic = topic;
    this.retryBackoffMs = retryBackoffMs;
  }

  @Override
  public void run() {
    int slice = FIRST_SLICE_MILLIS;
    boolean ended = false;
    while (!ended) {
      try {
        boolean answered = ask(slice);
        slice = answered ? FIRST_SLICE_MILLIS : Math.min(slice * 2, LONGEST_SLICE_MILLIS);
        ended = metadata.endFetch(topic);
        if (!ended && answered) {
          metadata.pause(retryBackoffMs);
        }
      } catch (Throwable unexpected) {
        LOG.error("Unexpected error while asking for topic {}", topic.name, unexpected);
        topic.fetching.set(false);
        return;
      }
    }
  }

  /** True when there is no need for more patience: the cluster answered, or we are closed. */
  private boolean ask(int timeoutMillis) {
    if (!client.enter()) {
      return true;
    }
    MetadataRequest.Result result;
    String clusterId = null;
    try {
      result = MetadataRequest.topic(client.segment(), topic.handle(), timeoutMillis);
      if (result.error() == 0 && !clusterView.knowsId()) {
        clusterId = MetadataRequest.clusterId(client.segment(), FIRST_SLICE_MILLIS);
      }
    } finally {
      client.exit();
    }
    if (result.error() != 0) {
      return false;
    }
    // Outside the gate: listeners are the user's and may take their time.
    clusterView.answered(result.snapshot(), clusterId);
    metadata.answered(topic, result.snapshot());
    return true;
  }
}
