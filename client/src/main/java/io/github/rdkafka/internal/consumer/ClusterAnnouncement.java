package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.metadata.MetadataRequest;
import io.github.rdkafka.internal.natives.NativeClient;
import java.util.List;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;

/** Tells interceptors and deserializers the cluster's id, once, on the caller's thread. */
final class ClusterAnnouncement {
  private final NativeClient client;
  private List<ClusterResourceListener> listeners;

  /**
   * @param plugins the user's objects; those that are no listeners are left alone
   */
  ClusterAnnouncement(NativeClient client, List<?> plugins) {
    this.client = client;
    this.listeners =
        plugins.stream()
            .filter(ClusterResourceListener.class::isInstance)
            .map(ClusterResourceListener.class::cast)
            .toList();
  }

  /** One step, without waiting. */
  void advance() {
    if (listeners.isEmpty()) {
      return;
    }
    String id = MetadataRequest.clusterId(client.segment(), 0);
    if (id != null) {
      List<ClusterResourceListener> waiting = listeners;
      listeners = List.of();
      waiting.forEach(listener -> listener.onUpdate(new ClusterResource(id)));
    }
  }
}
