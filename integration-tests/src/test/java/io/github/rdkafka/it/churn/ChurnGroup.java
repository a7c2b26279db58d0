package io.github.rdkafka.it.churn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.rdkafka.it.ForkedJvm;
import io.github.rdkafka.testing.KafkaCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The members of one group, of both kinds, and what has become of each. */
final class ChurnGroup {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long LOOK_NANOS = 50_000_000;

  /** On a thread of this process, or in one of its own. */
  final class Member {
    private final Journal journal;
    private final ChurnMember here;
    private final Thread thread;
    private final Process process;
    private boolean wasStalled;

    Member(boolean ours, boolean forked) throws IOException {
      String name = (ours ? "ours-" : "kafka-") + members.size() + (forked ? "-forked" : "");
      journal = new Journal(name, folder.resolve(name + ".journal"));
      if (forked) {
        here = null;
        thread = null;
        process =
            ForkedJvm.start(
                ChurnMember.class,
                folder.resolve(name + ".log"),
                kafka.bootstrapServers(),
                topic,
                protocol,
                assignor,
                ours ? "ours" : "kafka",
                journal.file().toString());
      } else {
        process = null;
        here =
            new ChurnMember(
                kafka.bootstrapServers(), topic, protocol, assignor, ours, journal.file());
        thread = Thread.ofPlatform().name(name).start(here);
      }
    }

    void stall() {
      wasStalled = true;
      here.stalled = true;
    }

    void goOn() {
      here.stalled = false;
    }

    /** Commits, closes, and leaves the group. */
    void leave() throws InterruptedException {
      here.leaving = true;
      here.stalled = false;
      assertTrue(thread.join(PATIENCE), () -> journal.name() + " does not end");
      living.remove(this);
    }

    void kill() throws InterruptedException {
      ForkedJvm.kill(process);
      living.remove(this);
    }
  }

  private final KafkaCluster kafka;
  private final String topic;
  private final String protocol;
  private final String assignor;
  private final int partitions;
  private final Path folder;
  private final List<Member> members = new ArrayList<>();
  private final List<Member> living = new ArrayList<>();

  ChurnGroup(
      KafkaCluster kafka,
      String topic,
      int partitions,
      String protocol,
      String assignor,
      Path folder) {
    this.kafka = kafka;
    this.topic = topic;
    this.partitions = partitions;
    this.protocol = protocol;
    this.assignor = assignor;
    this.folder = folder;
  }

  Member join(boolean ours) throws IOException {
    return add(new Member(ours, false));
  }

  Member fork(boolean ours) throws IOException {
    return add(new Member(ours, true));
  }

  private Member add(Member member) {
    members.add(member);
    living.add(member);
    return member;
  }

  /** Until the members that live and do not stall have all partitions, and each has some. */
  void awaitSettled() {
    List<Journal> active =
        living.stream()
            .filter(member -> member.here == null || !member.here.stalled)
            .map(member -> member.journal)
            .toList();
    until(
        () ->
            active.stream().mapToInt(Journal::assigned).sum() == partitions
                && active.stream().allMatch(journal -> journal.assigned() > 0),
        () -> "not settled: " + assignments());
  }

  /** Until all that live have processed something. */
  void awaitWork() {
    until(
        () -> living.stream().allMatch(member -> member.journal.hasProcessed()),
        () -> "somebody does nothing: " + assignments());
  }

  /** Until all of this has been committed. */
  void awaitCommitted(long[] ends) {
    until(() -> committed().equals(ends(ends)), () -> committed() + " of " + ends(ends));
  }

  private static Map<Integer, Long> ends(long[] ends) {
    Map<Integer, Long> all = new HashMap<>();
    for (int partition = 0; partition < ends.length; partition++) {
      all.put(partition, ends[partition]);
    }
    return all;
  }

  private Map<Integer, Long> committed() {
    Map<Integer, Long> committed = new HashMap<>();
    kafka
        .admin()
        .listConsumerGroupOffsets("g-" + topic)
        .partitionsToOffsetAndMetadata()
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .forEach((partition, offset) -> committed.put(partition.partition(), offset.offset()));
    return committed;
  }

  private List<String> assignments() {
    return living.stream()
        .map(member -> member.journal.name() + " has " + member.journal.assigned())
        .toList();
  }

  /** After all have ended: nothing was left out, and nothing done twice without need. */
  void verify(long[] ends) {
    Map<Integer, List<Long>> committed = new HashMap<>();
    Map<Integer, List<Long>> excused = new HashMap<>();
    List<String> problems = new ArrayList<>();
    for (Member member : members) {
      Journal.Contents contents = member.journal.contents();
      problems.addAll(contents.failures());
      merge(contents.committed(), committed);
      if (member.process != null) {
        merge(contents.open(), excused);
      } else if (contents.open().values().stream().anyMatch(offsets -> !offsets.isEmpty())) {
        problems.add(member.journal.name() + " left uncommitted: " + contents.open());
      }
      if (member.wasStalled) {
        merge(contents.lost(), excused);
      } else if (!contents.lost().isEmpty()) {
        problems.add(member.journal.name() + " has lost: " + contents.lost());
      }
    }
    for (int partition = 0; partition < ends.length; partition++) {
      List<Long> once = committed.getOrDefault(partition, List.of());
      TreeSet<Long> missing = new TreeSet<>();
      for (long offset = 0; offset < ends[partition]; offset++) {
        missing.add(offset);
      }
      TreeSet<Long> twice = new TreeSet<>();
      for (long offset : once) {
        if (!missing.remove(offset)) {
          twice.add(offset);
        }
      }
      // killed between a commit and writing it down
      excused.getOrDefault(partition, List.of()).forEach(missing::remove);
      if (!missing.isEmpty() || !twice.isEmpty()) {
        problems.add("partition " + partition + " misses " + missing + ", twice " + twice);
      }
    }
    assertEquals(List.of(), problems);
  }

  private static void merge(Map<Integer, List<Long>> from, Map<Integer, List<Long>> to) {
    from.forEach(
        (partition, offsets) ->
            to.computeIfAbsent(partition, any -> new ArrayList<>()).addAll(offsets));
  }

  /** All at once: whoever is left then has nobody to wait for. */
  void end() throws InterruptedException {
    for (Member member : List.copyOf(living)) {
      if (member.process != null) {
        member.kill();
      } else {
        member.here.leaving = true;
        member.here.stalled = false;
      }
    }
    for (Member member : List.copyOf(living)) {
      member.leave();
    }
  }

  private static void until(BooleanSupplier condition, Supplier<String> otherwise) {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        fail(otherwise.get());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
