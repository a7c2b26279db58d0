package io.github.rdkafka.internal.metrics;

/** Values that librdkafka summed up since its last statistics. */
final class Window {
  long sum;
  long count;
  long max;

  void clear() {
    sum = 0;
    count = 0;
    max = 0;
  }

  void read(JsonReader json) {
    clear();
    json.beginObject();
    String name;
    while ((name = json.nextName()) != null) {
      switch (name) {
        case "sum" -> sum = json.number();
        case "cnt" -> count = json.number();
        case "max" -> max = json.number();
        default -> json.skip();
      }
    }
  }
}
