package io.github.rdkafka.examples.quickstart;

import java.io.Console;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar for a step; where there is no terminal, a line every two seconds. */
final class Progress implements AutoCloseable {
  private static final int LINE_LENGTH = 100;

  private final ProgressBar bar;
  private String lastLine;

  Progress(Client client, Step step, String round, Settings settings) {
    ProgressBarBuilder builder =
        ProgressBar.builder()
            .setTaskName(String.format("%-14s %-7s %-3s", client.title(), step.title(), round))
            .setInitialMax(step.records(settings))
            .setStyle(ProgressBarStyle.ASCII);
    if (isTerminal()) {
      builder.setUpdateIntervalMillis(100);
    } else {
      builder
          .setUpdateIntervalMillis(2000)
          .setConsumer(new DelegatingProgressBarConsumer(this::printIfNew, LINE_LENGTH));
    }
    bar = builder.build();
  }

  void show(Report report) {
    bar.stepTo(report.done());
  }

  @SuppressWarnings("SystemConsoleNull") // it can be null again since JDK 25
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** The bar hands over its last line twice. */
  private void printIfNew(String line) {
    if (!line.equals(lastLine)) {
      System.out.println(line);
    }
    lastLine = line;
  }

  @Override
  public void close() {
    bar.close();
  }
}
