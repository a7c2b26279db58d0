package io.github.rdkafka.testing;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;

/**
 * The main class of a forked broker's JVM: formats the data folder when it is new, then becomes
 * Kafka's own main class. It ends with the JVM that forked it.
 *
 * <p>It runs on the broker's class path, where no other class of ours is.
 */
final class BrokerMain {

  private BrokerMain() {}

  /**
   * Formats where needed and starts the broker; the JVM ends with it.
   *
   * @param args the broker's properties file, the cluster's id, the folder that formatting fills
   */
  public static void main(String[] args) throws Exception {
    endWithParent();
    if (!new File(args[2], "meta.properties").exists()) {
      format(args[0], args[1]);
    }
    try {
      Class.forName("kafka.Kafka")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[] {args[0]});
    } catch (InvocationTargetException e) {
      fail(e.getCause());
    }
  }

  private static void format(String properties, String clusterId) throws Exception {
    try {
      Object status =
          Class.forName("kafka.tools.StorageTool")
              .getMethod("execute", String[].class, PrintStream.class)
              .invoke(null, new String[] {"format", "-t", clusterId, "-c", properties}, System.out);
      if (!Integer.valueOf(0).equals(status)) {
        System.err.println("formatting the data folder failed with status " + status);
        Runtime.getRuntime().halt(1);
      }
    } catch (InvocationTargetException e) {
      fail(e.getCause());
    }
  }

  /** The other end of standard input is the parent's; it closes when the parent ends, however. */
  private static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // nothing is ever sent
                }
              } catch (IOException e) {
                // as good as the end
              } finally {
                Runtime.getRuntime().halt(0);
              }
            },
            "end-with-parent");
    watch.setDaemon(true);
    watch.start();
  }

  private static void fail(Throwable cause) {
    cause.printStackTrace();
    Runtime.getRuntime().halt(1);
  }
}
