package io.github.rdkafka.internal.config;

import static org.apache.kafka.clients.consumer.ConsumerConfig.CLIENT_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_INSTANCE_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_PROTOCOL_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.requests.JoinGroupRequest;

/** A consumer's membership in its group. */
final class GroupTranslation {
  private GroupTranslation() {}

  static void apply(Translation to) {
    AbstractConfig config = to.config();
    boolean grouped = groupId(to);
    String instanceId = config.getString(GROUP_INSTANCE_ID_CONFIG);
    if (instanceId != null) {
      JoinGroupRequest.validateGroupInstanceId(instanceId);
      to.set("group.instance.id", instanceId, GROUP_INSTANCE_ID_CONFIG);
    }
    String protocol = config.getString(GROUP_PROTOCOL_CONFIG).toLowerCase(Locale.ROOT);
    to.set("group.protocol", protocol, GROUP_PROTOCOL_CONFIG);
    int maxPollInterval =
        to.clamp(
            MAX_POLL_INTERVAL_MS_CONFIG, config.getInt(MAX_POLL_INTERVAL_MS_CONFIG), 1, 86_400_000);
    if (protocol.equals("classic")) {
      maxPollInterval = classic(to, grouped, maxPollInterval);
    } else {
      remoteAssignor(to);
    }
    to.set("max.poll.interval.ms", maxPollInterval, MAX_POLL_INTERVAL_MS_CONFIG);
  }

  /**
   * librdkafka needs a group even to be assigned partitions by hand.
   *
   * @return whether it is the user's
   */
  private static boolean groupId(Translation to) {
    String groupId = to.config().getString(GROUP_ID_CONFIG);
    if (groupId == null) {
      String made = to.config().getString(CLIENT_ID_CONFIG) + "-nogroup-" + UUID.randomUUID();
      to.set("group.id", made, GROUP_ID_CONFIG);
      to.groupIdIsSynthetic();
      return false;
    }
    if (groupId.isEmpty()) {
      throw new InvalidGroupIdException(
          "The configured " + GROUP_ID_CONFIG + " should not be an empty string or whitespace.");
    }
    to.set("group.id", groupId, GROUP_ID_CONFIG);
    return true;
  }

  private static int classic(Translation to, boolean grouped, int maxPollInterval) {
    int heartbeat = to.config().getInt(HEARTBEAT_INTERVAL_MS_CONFIG);
    int session = to.config().getInt(SESSION_TIMEOUT_MS_CONFIG);
    if (grouped && heartbeat >= session) {
      throw new IllegalArgumentException("Heartbeat must be set lower than the session timeout");
    }
    session = to.clamp(SESSION_TIMEOUT_MS_CONFIG, session, 1, Translation.LONGEST_MS);
    to.set("session.timeout.ms", session, SESSION_TIMEOUT_MS_CONFIG);
    to.set(
        "heartbeat.interval.ms",
        to.clamp(HEARTBEAT_INTERVAL_MS_CONFIG, heartbeat, 1, Translation.LONGEST_MS),
        HEARTBEAT_INTERVAL_MS_CONFIG);

    List<?> strategy = to.config().getList(PARTITION_ASSIGNMENT_STRATEGY_CONFIG);
    to.set(
        "partition.assignment.strategy",
        PartitionAssignors.names(strategy),
        PARTITION_ASSIGNMENT_STRATEGY_CONFIG);

    if (maxPollInterval < session && PartitionAssignors.areNative(strategy)) {
      to.warnReplaced(
          MAX_POLL_INTERVAL_MS_CONFIG,
          maxPollInterval,
          session,
          "librdkafka needs at least " + SESSION_TIMEOUT_MS_CONFIG);
    }
    return Math.max(maxPollInterval, session);
  }

  private static void remoteAssignor(Translation to) {
    String assignor = to.config().getString(GROUP_REMOTE_ASSIGNOR_CONFIG);
    if (assignor != null && !assignor.isEmpty()) {
      to.set("group.remote.assignor", assignor, GROUP_REMOTE_ASSIGNOR_CONFIG);
    }
  }
}
