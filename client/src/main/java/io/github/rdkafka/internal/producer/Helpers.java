package io.github.rdkafka.internal.producer;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for what may wait: asking for metadata, flushing, completing futures. Platform threads,
 * because calls into librdkafka would pin a carrier; none when there is nothing to do.
 */
final class Helpers {
  private static final long KEEP_ALIVE_SECONDS = 5;

  private Helpers() {}

  /** An executor that also runs what comes after its shutdown, such as a last completion. */
  static ExecutorService newExecutor(String clientId) {
    ThreadFactory threads =
        Thread.ofPlatform()
            .name("kafka-producer-helper-thread | " + clientId)
            .daemon(true)
            .factory();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        KEEP_ALIVE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        threads,
        (task, executor) -> threads.newThread(task).start());
  }
}
