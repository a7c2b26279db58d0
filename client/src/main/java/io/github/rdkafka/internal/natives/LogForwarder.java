package io.github.rdkafka.internal.natives;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes librdkafka's log lines to SLF4J, logger {@code io.github.rdkafka.librdkafka}. */
final class LogForwarder {
  private static final Logger LOG = LoggerFactory.getLogger("io.github.rdkafka.librdkafka");
  private static final int SYSLOG_ERROR = 3;
  private static final int SYSLOG_WARNING = 4;
  private static final int SYSLOG_INFO = 6;

  private final String prefix;

  LogForwarder(String clientId) {
    this.prefix = "[clientId=" + clientId + "] ";
  }

  void forward(MemorySegment event) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment facility = arena.allocate(ValueLayout.ADDRESS);
      MemorySegment text = arena.allocate(ValueLayout.ADDRESS);
      MemorySegment level = arena.allocate(ValueLayout.JAVA_INT);
      if (rd_kafka_event_log(event, facility, text, level) != 0) {
        return;
      }
      write(
          level.get(ValueLayout.JAVA_INT, 0),
          Memory.string(facility.get(ValueLayout.ADDRESS, 0)),
          Memory.string(text.get(ValueLayout.ADDRESS, 0)));
    }
  }

  private void write(int level, String facility, String text) {
    if (level <= SYSLOG_ERROR) {
      LOG.error("{}{}: {}", prefix, facility, text);
    } else if (level == SYSLOG_WARNING) {
      LOG.warn("{}{}: {}", prefix, facility, text);
    } else if (level <= SYSLOG_INFO) {
      LOG.info("{}{}: {}", prefix, facility, text);
    } else {
      LOG.debug("{}{}: {}", prefix, facility, text);
    }
  }
}
