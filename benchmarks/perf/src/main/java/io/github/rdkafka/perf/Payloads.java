package io.github.rdkafka.perf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

/** The values to send: by a record's number, made before anything is measured. */
final class Payloads {
  private static final int MOST = 500_000;

  /** Many times a batch: one with the same value twice would compress too well. */
  private static final int MOST_BYTES = 16_000_000;

  private Payloads() {}

  /** Capital letters by chance. */
  static LongFunction<byte[]> ofSize(int size) {
    SplittableRandom random = new SplittableRandom(0);
    byte[][] values = new byte[Math.clamp(MOST_BYTES / Math.max(1, size), 1, MOST)][size];
    for (byte[] value : values) {
      for (int i = 0; i < size; i++) {
        value[i] = (byte) ('A' + random.nextInt('Z' - 'A' + 1));
      }
    }
    return number -> values[(int) (number % values.length)];
  }

  /** The number itself, as text. */
  static LongFunction<byte[]> monotonic() {
    return number -> Long.toString(number).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * One of those in the file, by chance.
   *
   * @param delimiter a regular expression
   */
  static LongFunction<byte[]> fromFile(Path file, String delimiter) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      throw new IllegalArgumentException(
          "File does not exist or empty file provided: " + file.toAbsolutePath());
    }
    byte[][] values =
        Arrays.stream(Pattern.compile(delimiter).split(text(file)))
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    if (values.length == 0) {
      throw new IllegalArgumentException(file + " has nothing but delimiters");
    }
    System.out.println("Number of messages read: " + values.length);
    SplittableRandom random = new SplittableRandom(0);
    return number -> values[random.nextInt(values.length)];
  }

  /** What is no UTF-8 is replaced, as Kafka's tool does. */
  private static String text(Path file) throws IOException {
    System.out.println("Reading payloads from: " + file.toAbsolutePath());
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
