package io.github.rdkafka.perf;

import java.text.SimpleDateFormat;
import java.util.Locale;

/** The lines of Kafka's tool. */
final class ConsumerReport {
  static final String DATE_FORMAT = "yyyy-MM-dd HH:mm:ss:SSS";

  private static final double MEGABYTE = 1024 * 1024;

  private final SimpleDateFormat dates;
  private final boolean detailed;
  private long beginMillis;
  private long lastMillis;
  private long lastCount;
  private long lastBytes;

  /**
   * @throws IllegalArgumentException if there are no such dates
   */
  ConsumerReport(String dateFormat, boolean detailed) {
    this.dates = new SimpleDateFormat(dateFormat, Locale.ROOT);
    this.detailed = detailed;
  }

  void printHeader() {
    System.out.println(
        (detailed ? "time, threadId" : "start.time, end.time")
            + ", data.consumed.in.MB, MB.sec, data.consumed.in.nMsg, nMsg.sec,"
            + " rebalance.time.ms, fetch.time.ms, fetch.MB.sec, fetch.nMsg.sec");
  }

  void begin() {
    beginMillis = System.currentTimeMillis();
    lastMillis = beginMillis;
  }

  /** A line, with {@code --show-detailed-stats}. */
  void interval(long count, long bytes, long rebalanceMillis) {
    long now = System.currentTimeMillis();
    if (detailed) {
      String amounts =
          amounts(count, bytes, count - lastCount, bytes - lastBytes, now - lastMillis);
      System.out.println(
          dates.format(now)
              + ", 0, "
              + amounts
              + fetching(count - lastCount, bytes - lastBytes, rebalanceMillis, now - lastMillis));
    }
    lastMillis = now;
    lastCount = count;
    lastBytes = bytes;
  }

  /** The last line, without {@code --show-detailed-stats}. */
  void total(long count, long bytes, long rebalanceMillis) {
    if (!detailed) {
      long now = System.currentTimeMillis();
      long millis = now - beginMillis;
      System.out.println(
          dates.format(beginMillis)
              + ", "
              + dates.format(now)
              + ", "
              + amounts(count, bytes, count, bytes, millis)
              + fetching(count, bytes, rebalanceMillis, millis));
    }
  }

  private static String amounts(
      long count, long bytes, long countSince, long bytesSince, long millis) {
    return String.format(
        Locale.ROOT,
        "%.4f, %.4f, %d, %.4f",
        bytes / MEGABYTE,
        perSecond(bytesSince / MEGABYTE, millis),
        count,
        perSecond((double) countSince, millis));
  }

  private static String fetching(long count, long bytes, long rebalanceMillis, long millis) {
    long fetchMillis = millis - rebalanceMillis;
    return String.format(
        Locale.ROOT,
        ", %d, %d, %.4f, %.4f",
        rebalanceMillis,
        fetchMillis,
        perSecond(bytes / MEGABYTE, fetchMillis),
        perSecond((double) count, fetchMillis));
  }

  private static double perSecond(double amount, long millis) {
    return millis <= 0 ? 0 : amount * 1000 / millis;
  }
}
