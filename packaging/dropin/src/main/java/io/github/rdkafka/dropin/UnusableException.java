package io.github.rdkafka.dropin;

import java.lang.reflect.InvocationTargetException;

/** librdkafka cannot be used in this JVM; the message says why, for the user. */
final class UnusableException extends Exception {

  private static final long serialVersionUID = 1L;

  private UnusableException(String message, Throwable cause) {
    super(message, cause);
  }

  static UnusableException of(Throwable failure) {
    Throwable reason = failure instanceof InvocationTargetException ? failure.getCause() : failure;
    if (reason instanceof IllegalCallerException) {
      return new UnusableException(
          "This JVM forbids native access, which librdkafka needs, and lets no agent allow it: start it with --enable-native-access=ALL-UNNAMED.",
          reason);
    }
    boolean explained = reason.getClass().getSimpleName().equals("NativeLibraryException");
    return new UnusableException(
        explained ? reason.getMessage() : "librdkafka cannot be used: " + reason, reason);
  }
}
