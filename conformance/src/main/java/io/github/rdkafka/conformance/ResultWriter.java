package io.github.rdkafka.conformance;

import java.io.PrintStream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Writes each test's outcome as soon as it is known: the JVM may not live to see the end. */
final class ResultWriter implements TestExecutionListener {

  private final PrintStream out;

  ResultWriter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    if (test.isTest()) {
      System.out.println("conformance: started " + test.getDisplayName());
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    write(test, Outcome.Status.SKIPPED, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    result
        .getThrowable()
        .ifPresent(
            e -> {
              System.err.println("conformance: failed " + test.getDisplayName());
              e.printStackTrace();
            });
    String message = result.getThrowable().map(Throwable::toString).orElse("");
    switch (result.getStatus()) {
      case SUCCESSFUL -> {
        if (test.isTest()) {
          write(test, Outcome.Status.PASSED, "");
        }
      }
      case FAILED -> write(test, Outcome.Status.FAILED, message);
      case ABORTED -> write(test, Outcome.Status.SKIPPED, message);
    }
  }

  private synchronized void write(TestIdentifier test, Outcome.Status status, String message) {
    String method =
        test.getSource()
            .filter(MethodSource.class::isInstance)
            .map(source -> ((MethodSource) source).getMethodName())
            .orElse("");
    out.println(new Outcome(method, test.getDisplayName(), status, message).toLine());
  }
}
