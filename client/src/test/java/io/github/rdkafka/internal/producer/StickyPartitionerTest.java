package io.github.rdkafka.internal.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.internal.producer.StickyPartitioner.Settings;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StickyPartitionerTest {
  private static final int BATCH = 1000;

  @Test
  void staysForABatchAndThenGoesOn() {
    TopicView view = Topics.view("t", 1000);
    StickyPartitioner sticky = new StickyPartitioner(new Settings(BATCH, BATCH, 5, false, 0));
    for (int stay = 0; stay < 10; stay++) {
      Partition partition = sticky.next(view, 100, 0);
      for (int i = 1; i < 10; i++) {
        assertEquals(partition, sticky.next(view, 100, 0));
      }
    }
    int[] changes = {0};
    Partition last = sticky.next(view, BATCH, 0);
    for (int i = 0; i < 20; i++) {
      Partition next = sticky.next(view, BATCH, 0);
      changes[0] += next == last ? 0 : 1;
      last = next;
    }
    assertTrue(changes[0] > 10, () -> "changed " + changes[0] + " times");
  }

  @Test
  void withinTheLingerTimeItStaysUpToTheLimit() {
    TopicView view = Topics.view("t", 100_000);
    StickyPartitioner sticky = new StickyPartitioner(new Settings(BATCH, 8 * BATCH, 5, false, 0));
    Partition first = sticky.next(view, BATCH, 100);
    for (int i = 1; i < 8; i++) {
      assertEquals(first, sticky.next(view, BATCH, 104));
    }
    Partition second = sticky.next(view, BATCH, 104);
    assertNotEquals(first, second);
    assertEquals(second, sticky.next(view, BATCH, 109));
    assertNotEquals(second, sticky.next(view, BATCH, 109));
  }

  @Test
  void spreadsEvenly() {
    int[] counts = counts(new Settings(BATCH, BATCH, 5, true, 0), Topics.view("t", 4), 40_000);
    for (int count : counts) {
      assertEquals(10_000, count, 600);
    }
  }

  @Test
  void avoidsPartitionsWithoutLeader() {
    TopicView view = Topics.view("t", 4, Set.of(1, 3));
    for (boolean adaptive : new boolean[] {true, false}) {
      int[] counts = counts(new Settings(BATCH, BATCH, 5, adaptive, 0), view, 10_000);
      assertEquals(0, counts[1] + counts[3], () -> Arrays.toString(counts));
      assertEquals(5_000, counts[0], 400);
    }
  }

  @Test
  void takesAnyPartitionWhenNoneHasALeader() {
    TopicView view = Topics.view("t", 2, Set.of(0, 1));
    int[] counts = counts(new Settings(BATCH, BATCH, 5, true, 0), view, 1_000);
    assertTrue(counts[0] > 0 && counts[1] > 0, () -> Arrays.toString(counts));
  }

  @Test
  void busyPartitionsGetLess() {
    TopicView view = Topics.view("t", 3);
    // Queues of 0, 3 and 1 batches: weights 4, 1 and 3 of 8.
    view.partition(1).sent(3 * BATCH, 0);
    view.partition(2).sent(BATCH, 0);
    int[] counts = counts(new Settings(BATCH, BATCH, 5, true, 0), view, 80_000);
    assertEquals(40_000, counts[0], 1_500);
    assertEquals(10_000, counts[1], 1_000);
    assertEquals(30_000, counts[2], 1_500);
  }

  @Test
  void busyPartitionsGetTheSameWhenNotAdaptive() {
    TopicView view = Topics.view("t", 2);
    view.partition(1).sent(100 * BATCH, 0);
    int[] counts = counts(new Settings(BATCH, BATCH, 5, false, 0), view, 10_000);
    assertEquals(5_000, counts[1], 400);
  }

  @Test
  void stalledPartitionsAreLeftOut() {
    TopicView view = Topics.view("t", 3);
    view.partition(2).sent(10, 0);
    Settings settings = new Settings(BATCH, BATCH, 5, true, 1000);
    assertEquals(0, counts(settings, view, 1_000, 5_000)[2]);
    // It goes on after a report.
    view.partition(2).done(5, 4_500);
    assertTrue(counts(settings, view, 1_000, 5_000)[2] > 0);
  }

  @Test
  void seesALargerTopic() {
    StickyPartitioner sticky = new StickyPartitioner(new Settings(1, 1, 0, true, 0));
    TopicView small = Topics.view("t", 1);
    TopicView large = Topics.view("t", 3);
    int[] counts = new int[3];
    sticky.next(small, 1, 0);
    for (int i = 0; i < 1_000; i++) {
      counts[sticky.next(large, 1, 0).number()]++;
    }
    assertTrue(counts[2] > 0, () -> Arrays.toString(counts));
  }

  private static int[] counts(Settings settings, TopicView view, int times) {
    return counts(settings, view, times, 1);
  }

  private static int[] counts(Settings settings, TopicView view, int times, long nowMs) {
    StickyPartitioner sticky = new StickyPartitioner(settings);
    int[] counts = new int[view.partitionCount()];
    for (int i = 0; i < times; i++) {
      counts[sticky.next(view, settings.mostBytes(), nowMs).number()]++;
    }
    return counts;
  }
}
