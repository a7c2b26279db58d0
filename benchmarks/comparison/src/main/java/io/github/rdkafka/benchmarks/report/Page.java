package io.github.rdkafka.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rdkafka.benchmarks.Results;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** One HTML file that needs nothing else: style, script, charting library and data are in it. */
public final class Page {
  private Page() {}

  public static void write(Results results, Path file) throws IOException {
    Files.writeString(file, html(PageData.of(results)));
  }

  static String html(PageData data) {
    return resource("/report/page.html")
        .replace("/*style*/", resource("/report/page.css"))
        .replace("/*library*/", library())
        .replace("/*data*/", json(data))
        .replace("/*script*/", resource("/report/page.js"));
  }

  /** As it can stand between script tags. */
  private static String json(PageData data) {
    try {
      return new ObjectMapper().writeValueAsString(data).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String library() {
    Properties versions = new Properties();
    try (InputStream in = Page.class.getResourceAsStream("/versions.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = versions.getProperty("chart.js");
    String folder = "/META-INF/resources/webjars/chart.js/" + version;
    String script = resource(folder + "/dist/chart.umd.min.js");
    // the page may be passed on by itself, and with it the library
    return "/* " + resource(folder + "/LICENSE.md") + " */\n" + withoutSourceMap(script);
  }

  private static String withoutSourceMap(String script) {
    return script.replaceAll("(?m)^//# sourceMappingURL=.*$", "");
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
