package io.github.rdkafka.internal.config;

import java.util.List;

/** What librdkafka is to be configured with; of two properties with one name the later one wins. */
public record NativeConfig(List<NativeProperty> properties) {
  public NativeConfig {
    properties = List.copyOf(properties);
  }
}
