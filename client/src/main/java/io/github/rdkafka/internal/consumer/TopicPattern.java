package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.metadata.MetadataRequest;
import io.github.rdkafka.internal.metadata.MetadataSnapshot;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.common.internals.Topic;

/**
 * A subscription by {@link Pattern}: as in Kafka's consumer, Java's own regular expressions are
 * matched here, against the topics that the cluster names every {@code metadata.max.age.ms}.
 */
final class TopicPattern {
  private final Pattern pattern;
  private final ConsumerMetadata metadata;
  private final ConsumerSettings settings;
  private CompletableFuture<MetadataRequest.Result> answer;
  private Deadline next = Deadline.afterMillis(0);

  TopicPattern(Pattern pattern, ConsumerMetadata metadata, ConsumerSettings settings) {
    this.pattern = pattern;
    this.metadata = metadata;
    this.settings = settings;
  }

  /** One step, without waiting; hands over the matching topics whenever they were looked up. */
  void advance(Consumer<Set<String>> matched) {
    if (answer != null && answer.isDone()) {
      CompletableFuture<MetadataRequest.Result> done = answer;
      answer = null;
      if (done.isCompletedExceptionally() || done.join().error() != 0) {
        next = Deadline.afterMillis(settings.retryBackoffMs());
      } else {
        next = Deadline.afterMillis(settings.metadataMaxAgeMs());
        matched.accept(matching(done.join().snapshot()));
      }
    }
    if (answer == null && next.isExpired()) {
      answer = metadata.allTopicsAsync();
    }
  }

  private Set<String> matching(MetadataSnapshot snapshot) {
    Set<String> topics = new TreeSet<>();
    for (MetadataSnapshot.Topic topic : snapshot.topics()) {
      boolean hidden = settings.excludeInternalTopics() && Topic.isInternal(topic.name());
      if (topic.error() == 0 && !hidden && pattern.matcher(topic.name()).matches()) {
        topics.add(topic.name());
      }
    }
    return topics;
  }
}
