package io.github.rdkafka.dropin;

import java.lang.constant.ClassDesc;

/** The classes of kafka-clients that are replaced. */
enum KafkaClass {
  PRODUCER("org.apache.kafka.clients.producer", "Producer"),
  CONSUMER("org.apache.kafka.clients.consumer", "Consumer");

  private final String className;
  private final String interfaceName;
  private final String simpleName;

  KafkaClass(String packageName, String role) {
    this.className = packageName + ".Kafka" + role;
    this.interfaceName = packageName + "." + role;
    this.simpleName = role;
  }

  /** The class of this internal name, or null. */
  static KafkaClass of(String internalName) {
    for (KafkaClass each : values()) {
      if (each.internalName().equals(internalName)) {
        return each;
      }
    }
    return null;
  }

  static KafkaClass of(Class<?> type) {
    return of(type.getName().replace('.', '/'));
  }

  /** Like {@code KafkaProducer}. */
  String simpleName() {
    return "Kafka" + simpleName;
  }

  String internalName() {
    return className.replace('.', '/');
  }

  String resource() {
    return internalName() + ".class";
  }

  /** The interface that both the class and its replacement implement. */
  ClassDesc interfaceDesc() {
    return ClassDesc.of(interfaceName);
  }

  /** Of the class that does the work. */
  String replacement() {
    return "io.github.rdkafka.RdKafka" + simpleName;
  }
}
