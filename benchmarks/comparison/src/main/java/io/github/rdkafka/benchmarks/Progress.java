package io.github.rdkafka.benchmarks;

import java.io.Console;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** What runs and how long is left; where there is no terminal, a line now and then. */
final class Progress implements AutoCloseable {
  private static final int LINE_LENGTH = 130;
  private static final int TENTHS = 10;

  private final ProgressBar bar;
  private double done;

  Progress(double expectedSeconds) {
    ProgressBarBuilder builder =
        ProgressBar.builder()
            .setTaskName("benchmarks")
            .setUnit(" s", TENTHS)
            .setInitialMax(Math.round(expectedSeconds * TENTHS))
            .setStyle(ProgressBarStyle.ASCII);
    if (isTerminal()) {
      builder.setUpdateIntervalMillis(200);
    } else {
      builder
          .setUpdateIntervalMillis(5000)
          .setConsumer(new DelegatingProgressBarConsumer(System.out::println, LINE_LENGTH));
    }
    bar = builder.build();
  }

  @SuppressWarnings("SystemConsoleNull") // it can be null again since JDK 25
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  void begin(Cell cell, Contender contender, int round) {
    note(String.format("round %d %s, %s", round, cell.id(), contender.title()));
  }

  void note(String what) {
    bar.setExtraMessage(what);
  }

  void done(double expectedSeconds) {
    done += expectedSeconds;
    bar.stepTo(Math.round(done * TENTHS));
  }

  @Override
  public void close() {
    bar.close();
  }
}
