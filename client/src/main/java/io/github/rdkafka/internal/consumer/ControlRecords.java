package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.Deadline;

/**
 * Notices in time that a partition's position went on behind what is no record, the end of a
 * transaction above all: whoever commits what polls return would never come to the end.
 */
final class ControlRecords {
  private static final int LOOK_MILLIS = 250;

  private final Assignment assignment;
  private final NativeAssignment nativeAssignment;
  private Deadline next = Deadline.afterMillis(LOOK_MILLIS);

  ControlRecords(Assignment assignment, NativeAssignment nativeAssignment) {
    this.assignment = assignment;
    this.nativeAssignment = nativeAssignment;
  }

  /** Whether the user has to be told of positions; looks from time to time. */
  boolean werePassed() {
    if (next.isExpired()) {
      next = Deadline.afterMillis(LOOK_MILLIS);
      nativeAssignment.passControlRecords(
          assignment.states().stream().filter(state -> !state.paused).toList());
      return assignment.hasMoved();
    }
    return false;
  }
}
