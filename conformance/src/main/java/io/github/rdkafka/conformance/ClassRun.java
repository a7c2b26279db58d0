package io.github.rdkafka.conformance;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs one class of tests in this JVM, which is forked for it: Kafka's tests talk to each other
 * through static state. Usage: ClassRun results-file limit-seconds class [method...]
 */
public final class ClassRun {

  private static final int TIMED_OUT = 3;

  private ClassRun() {}

  public static void main(String[] args) throws IOException {
    Path results = Path.of(args[0]);
    Thread watchdog = new Thread(() -> haltAfter(Long.parseLong(args[1])), "conformance-watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
    try (PrintStream out = new PrintStream(Files.newOutputStream(results), true)) {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(selectors(args[2], Arrays.asList(args).subList(3, args.length)))
              .build();
      LauncherFactory.create().execute(request, new ResultWriter(out));
      out.println(Outcome.counts(Replaced.producers(), Replaced.consumers()));
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(2);
    }
    // tests leave threads behind that would keep the JVM alive
    Runtime.getRuntime().halt(0);
  }

  private static List<DiscoverySelector> selectors(String className, List<String> methods) {
    List<DiscoverySelector> selectors = new ArrayList<>();
    if (methods.isEmpty()) {
      selectors.add(selectClass(className));
    }
    for (String method : methods) {
      // with its parameters: test methods of Kafka have some, and need not be public
      Class<?> type = selectClass(className).getJavaClass();
      ReflectionSupport.findMethods(
              type, each -> each.getName().equals(method), HierarchyTraversalMode.TOP_DOWN)
          .forEach(each -> selectors.add(selectMethod(type, each)));
    }
    return selectors;
  }

  private static void haltAfter(long seconds) {
    try {
      TimeUnit.SECONDS.sleep(seconds);
    } catch (InterruptedException e) {
      return;
    }
    System.err.println("conformance: not finished after " + seconds + " s; all threads:");
    for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
      System.err.print(thread);
    }
    Runtime.getRuntime().halt(TIMED_OUT);
  }
}
