package io.github.rdkafka.examples.quickstart;

import io.github.rdkafka.examples.quickstart.Report.Step;
import java.io.Console;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar for each step; where there is no terminal, a line every two seconds. */
final class Progress implements AutoCloseable {
  private static final int LINE_LENGTH = 100;

  private final String title;
  private final Settings settings;
  private Step step;
  private ProgressBar bar;

  Progress(String title, Settings settings) {
    this.title = title;
    this.settings = settings;
  }

  void show(Report report) {
    if (report.step() != step) {
      close();
      step = report.step();
      bar = newBar();
    }
    bar.stepTo(report.done());
  }

  private ProgressBar newBar() {
    String name = step.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    ProgressBarBuilder builder =
        ProgressBar.builder()
            .setTaskName(String.format("%-14s %-7s", title, name))
            .setInitialMax(step == Step.WARM_UP ? settings.warmup() : settings.records())
            .setStyle(ProgressBarStyle.ASCII);
    if (isTerminal()) {
      builder.setUpdateIntervalMillis(100);
    } else {
      builder
          .setUpdateIntervalMillis(2000)
          .setConsumer(new DelegatingProgressBarConsumer(System.out::println, LINE_LENGTH));
    }
    return builder.build();
  }

  @SuppressWarnings("SystemConsoleNull") // it can be null again since JDK 25
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
