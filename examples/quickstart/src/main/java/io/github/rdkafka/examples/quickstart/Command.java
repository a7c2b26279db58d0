package io.github.rdkafka.examples.quickstart;

/**
 * A line from the quickstart to a client's JVM. It is answered with {@link Report}s, the last of
 * which has a measurement; after the last command comes the end of the stream.
 */
record Command(Step step, String topic) {

  String format() {
    return step + " " + topic;
  }

  /**
   * @throws IllegalArgumentException if the line is no command
   */
  static Command parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 2) {
      throw new IllegalArgumentException("'" + line + "' is not a step and a topic");
    }
    return new Command(Step.valueOf(words[0]), words[1]);
  }
}
