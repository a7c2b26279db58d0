package io.github.rdkafka.dropin.app;

/** A program that knows nothing of Kafka. */
public final class Hello {

  private Hello() {}

  public static void main(String[] args) {
    System.out.println("hello");
  }
}
