package io.github.rdkafka.internal.config;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The decided fate of each configuration key; a key stands in it once. */
final class KeyTable {

  /**
   * One key's fate.
   *
   * @param key Kafka's name
   * @param fate what is done with it
   * @param reason how or why, for readers of the table and of the debug log
   */
  record Entry(String key, Fate fate, String reason) {}

  private final Map<String, Entry> entries;

  private KeyTable(Map<String, Entry> entries) {
    this.entries = Collections.unmodifiableMap(entries);
  }

  static KeyTable of(Entry... entries) {
    Map<String, Entry> map = new LinkedHashMap<>();
    for (Entry entry : entries) {
      add(map, entry);
    }
    return new KeyTable(map);
  }

  KeyTable plus(KeyTable other) {
    Map<String, Entry> map = new LinkedHashMap<>(entries);
    other.entries.values().forEach(entry -> add(map, entry));
    return new KeyTable(map);
  }

  private static void add(Map<String, Entry> map, Entry entry) {
    if (map.put(entry.key(), entry) != null) {
      throw new IllegalArgumentException("Two fates for " + entry.key());
    }
  }

  Collection<Entry> entries() {
    return entries.values();
  }

  Entry entry(String key) {
    return entries.get(key);
  }

  static Entry translated(String key, String how) {
    return new Entry(key, Fate.TRANSLATED, how);
  }

  static Entry java(String key, String what) {
    return new Entry(key, Fate.JAVA, what);
  }

  static Entry noEffect(String key, String why) {
    return new Entry(key, Fate.NO_EFFECT, why);
  }

  static Entry refused(String key, String why) {
    return new Entry(key, Fate.REFUSED, why);
  }
}
