package io.github.rdkafka.internal.consumer;

/** What becomes of the place in the group when a consumer is closed. */
public enum Membership {
  /** Given up, unless the member is a static one. */
  DEFAULT,
  LEAVE,
  REMAIN
}
