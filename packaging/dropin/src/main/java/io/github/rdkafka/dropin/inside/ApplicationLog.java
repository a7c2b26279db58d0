package io.github.rdkafka.dropin.inside;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application's own log, which kafka-clients uses too. */
public final class ApplicationLog {

  private static final Logger LOG = LoggerFactory.getLogger("io.github.rdkafka.dropin");

  private ApplicationLog() {}

  public static void info(String message) {
    LOG.info(message);
  }

  /**
   * Warns.
   *
   * @param reason what the stack trace is of
   */
  public static void warn(String message, Throwable reason) {
    LOG.warn(message, reason);
  }
}
