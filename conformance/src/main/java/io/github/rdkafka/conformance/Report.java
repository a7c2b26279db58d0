package io.github.rdkafka.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The table of a run, for people. */
final class Report {

  private static final List<String> HEADER =
      List.of(
          "class",
          "tests",
          "passed",
          "failed",
          "explained",
          "skipped",
          "seconds",
          "producers",
          "consumers");

  private final String title;
  private final Impossible impossible;
  private final List<ClassResult> results;

  Report(String title, Impossible impossible, List<ClassResult> results) {
    this.title = title;
    this.impossible = impossible;
    this.results = List.copyOf(results);
  }

  /** Writes {@code report.txt} and {@code report.html}. */
  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("report.txt"), text());
    Files.writeString(folder.resolve("report.html"), html());
  }

  String text() {
    int width = results.stream().mapToInt(each -> each.className().length()).max().orElse(5);
    StringBuilder text = new StringBuilder(title).append("\n\n");
    for (List<String> row : rows()) {
      text.append(("%-" + width + "s").formatted(row.get(0)));
      row.subList(1, row.size()).forEach(cell -> text.append(" %9s".formatted(cell)));
      text.append('\n');
    }
    for (List<String> note : notes()) {
      text.append('\n').append(String.join("\n    ", note));
    }
    return text.append('\n').toString();
  }

  private String html() {
    StringBuilder html =
        new StringBuilder(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
                + escaped(title)
                + "</title><style>body{font-family:sans-serif}td,th{padding:.2em .6em;text-align:right}"
                + "td:first-child,th:first-child{text-align:left}</style></head><body><h1>"
                + escaped(title)
                + "</h1><table>");
    for (List<String> row : rows()) {
      html.append("<tr>");
      String cell = row.equals(HEADER) ? "th" : "td";
      row.forEach(each -> html.append("<%s>%s</%s>".formatted(cell, escaped(each), cell)));
      html.append("</tr>\n");
    }
    html.append("</table><dl>");
    for (List<String> note : notes()) {
      html.append("<dt>").append(escaped(note.get(0))).append("</dt><dd>");
      html.append(escaped(String.join(" ", note.subList(1, note.size())))).append("</dd>\n");
    }
    return html.append("</dl></body></html>\n").toString();
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    for (ClassResult each : results) {
      long failed = each.count(Outcome.Status.FAILED);
      long unexplained = each.unexplained(impossible).size();
      rows.add(
          List.of(
              each.className(),
              Integer.toString(each.outcomes().size()),
              Long.toString(each.count(Outcome.Status.PASSED)),
              Long.toString(unexplained),
              Long.toString(failed - unexplained),
              Long.toString(each.count(Outcome.Status.SKIPPED)),
              Long.toString(each.seconds()),
              Long.toString(each.producers()),
              Long.toString(each.consumers())));
    }
    return rows;
  }

  private List<List<String>> notes() {
    List<List<String>> notes = new ArrayList<>();
    for (ClassResult each : results) {
      if (!each.problem().isEmpty()) {
        notes.add(List.of("PROBLEM " + each.className(), each.problem()));
      }
      for (Outcome failure : each.outcomes()) {
        if (failure.status() == Outcome.Status.FAILED) {
          String test = each.className() + "#" + failure.method();
          notes.add(
              impossible
                  .reason(each.className(), failure.method())
                  .map(reason -> List.of("EXPLAINED " + test, reason))
                  .orElse(List.of("FAILED " + test, failure.name(), failure.message())));
        }
      }
    }
    return notes;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
