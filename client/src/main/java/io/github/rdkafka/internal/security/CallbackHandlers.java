package io.github.rdkafka.internal.security;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.utils.Utils;

/** Makes the callback handlers that the user's configuration names. */
final class CallbackHandlers {
  private CallbackHandlers() {}

  static AuthenticateCallbackHandler create(
      String key, Class<?> type, Map<String, ?> configs, JaasLogin login) {
    if (!AuthenticateCallbackHandler.class.isAssignableFrom(type)) {
      throw new ConfigException(
          key, type.getName(), "must implement " + AuthenticateCallbackHandler.class.getName());
    }
    AuthenticateCallbackHandler handler = (AuthenticateCallbackHandler) Utils.newInstance(type);
    try {
      handler.configure(configs, login.mechanism(), login.entries());
      return handler;
    } catch (RuntimeException failure) {
      Utils.closeQuietly(handler::close, key);
      throw failure;
    }
  }
}
