package io.github.rdkafka.internal.natives;

/** What keeps a client able to authenticate; {@link Login} runs it. */
interface LoginTask extends AutoCloseable {
  /** How long to wait after a failure, in milliseconds; Kafka's clients wait as long. */
  long RETRY_MS = 10_000;

  /** As a time to run again: only when asked for. */
  long NEVER = Long.MAX_VALUE;

  /** The events with which librdkafka asks for it. */
  int events();

  /**
   * Called once when the client exists, then when the time it named has come, and whenever
   * librdkafka asks for it. May block in the user's code, outside the client's gate.
   *
   * @param asked whether librdkafka asks for it
   * @return when to call again, in milliseconds since the epoch
   */
  long run(NativeClient client, boolean asked);

  /** Closes what the user gave; any thread, also while {@link #run} is in progress. */
  @Override
  void close();
}
