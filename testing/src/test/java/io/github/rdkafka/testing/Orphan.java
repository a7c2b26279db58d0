package io.github.rdkafka.testing;

import java.util.concurrent.CountDownLatch;

/** A JVM with a cluster, for {@link ParentKilledTest} to kill. */
final class Orphan {

  private Orphan() {}

  /**
   * Starts a broker and never ends; what {@code OrphansMain} has to know goes to standard output.
   *
   * @param args "paused" or "unwatched"
   */
  public static void main(String[] args) throws InterruptedException {
    KafkaCluster kafka = KafkaCluster.start();
    if (args[0].equals("paused")) {
      kafka.pause(1);
    } else {
      ProcessHandle.current()
          .children()
          .filter(child -> child.pid() != kafka.pid(1))
          .forEach(ProcessHandle::destroyForcibly);
    }
    System.out.println(kafka.pid(1) + " " + kafka.folder());
    new CountDownLatch(1).await();
  }
}
