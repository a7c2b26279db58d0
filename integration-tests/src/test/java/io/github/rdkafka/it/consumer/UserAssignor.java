package io.github.rdkafka.it.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.TopicPartition;

/**
 * An assignor as a user writes one: members tell it their names, it deals the partitions out to
 * them in the order of these, and tells each who the others are.
 */
public class UserAssignor implements ConsumerPartitionAssignor, Configurable {
  /** Keys of the configuration: the member's name, and what is called with those of all. */
  static final String NAME = "user.assignor.name";

  static final String TOLD = "user.assignor.told";

  /** The same, one by one: what another member has is not given away before that one gave it up. */
  public static final class Cooperative extends UserAssignor {
    @Override
    public String name() {
      return "user-cooperative";
    }

    @Override
    public List<RebalanceProtocol> supportedProtocols() {
      return List.of(RebalanceProtocol.COOPERATIVE);
    }

    @Override
    boolean mayMove(String owner, String to) {
      return owner == null || owner.equals(to);
    }
  }

  private String name;
  private Consumer<String> told;

  @Override
  @SuppressWarnings("unchecked")
  public void configure(Map<String, ?> configs) {
    name = (String) configs.get(NAME);
    told = (Consumer<String>) configs.get(TOLD);
  }

  @Override
  public String name() {
    return "user";
  }

  @Override
  public ByteBuffer subscriptionUserData(Set<String> topics) {
    return UTF_8.encode(name);
  }

  boolean mayMove(String owner, String to) {
    return true;
  }

  @Override
  public GroupAssignment assign(Cluster metadata, GroupSubscription group) {
    TreeMap<String, String> members = new TreeMap<>();
    Map<TopicPartition, String> owners = new HashMap<>();
    Map<String, List<TopicPartition>> dealt = new HashMap<>();
    group
        .groupSubscription()
        .forEach(
            (id, subscription) -> {
              members.put(UTF_8.decode(subscription.userData().duplicate()).toString(), id);
              subscription.ownedPartitions().forEach(partition -> owners.put(partition, id));
              dealt.put(id, new ArrayList<>());
            });
    List<String> inOrder = List.copyOf(members.values());
    for (String topic : metadata.topics()) {
      for (int i = 0; i < metadata.partitionCountForTopic(topic); i++) {
        TopicPartition partition = new TopicPartition(topic, i);
        String member = inOrder.get(i % inOrder.size());
        if (mayMove(owners.get(partition), member)) {
          dealt.get(member).add(partition);
        }
      }
    }
    String names = String.join(",", members.keySet());
    return new GroupAssignment(
        dealt.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry -> new Assignment(entry.getValue(), UTF_8.encode(names)))));
  }

  @Override
  public void onAssignment(Assignment assignment, ConsumerGroupMetadata metadata) {
    told.accept(UTF_8.decode(assignment.userData().duplicate()).toString());
  }
}
