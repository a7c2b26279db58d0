package io.github.rdkafka.bindings;

/**
 * librdkafka could not be loaded. The message says for which platform, what was looked for or
 * found, and what to do; the cause, if there is one, is what the operating system or the JVM said.
 */
public final class NativeLibraryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NativeLibraryException(String message) {
    super(message);
  }

  NativeLibraryException(String message, Throwable cause) {
    super(message, cause);
  }
}
