package io.github.rdkafka.internal.producer;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * A header's name as bytes. Programs have few names and send each with many records, so the latest
 * short ones are kept.
 */
final class HeaderName {
  private static final int LONGEST_KEPT = 64;

  /** A power of two; by hash code, races are lost by one of two equals. */
  private static final HeaderName[] KEPT = new HeaderName[512];

  private final String name;

  /** In UTF-8; nobody changes them. */
  final byte[] bytes;

  /** As Kafka counts it for the size of a batch. */
  final int utf8Length;

  /** Whether it holds U+0000, which a C string cannot. */
  final boolean hasNul;

  private HeaderName(String name) {
    this.name = name;
    this.bytes = name.getBytes(StandardCharsets.UTF_8);
    this.utf8Length = Utils.utf8Length(name);
    this.hasNul = name.indexOf('\0') >= 0;
  }

  static HeaderName of(String name) {
    int hash = name.hashCode();
    int place = (hash ^ hash >>> 16) & (KEPT.length - 1);
    HeaderName kept = KEPT[place];
    if (kept != null && kept.name.equals(name)) {
      return kept;
    }
    HeaderName made = new HeaderName(name);
    if (name.length() <= LONGEST_KEPT) {
      KEPT[place] = made;
    }
    return made;
  }
}
