package io.github.rdkafka.dropin;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.util.List;

/** Whether a Kafka client's class can be replaced, and how. */
final class Compatibility {

  /** What to tell who is refused. */
  static final String HINT = " -D" + Settings.PREFIX + "fallback=true leaves the class as it is.";

  private final Bundle bundle;

  Compatibility(Bundle bundle) {
    this.bundle = bundle;
  }

  MemberPlan plan(KafkaClass kafkaClass, ClassModel original) {
    ClassModel replacement = ClassFile.of().parse(bundle.classFile(kafkaClass.replacement()));
    return MemberPlan.of(kafkaClass, original, replacement);
  }

  /**
   * Why a class cannot be replaced.
   *
   * @param kafka who has it; null for the boot class loader
   * @return for the user, or null if it can be
   */
  String problem(KafkaClass kafkaClass, MemberPlan plan, ClassLoader kafka) {
    String version = KafkaVersion.of(kafka);
    if (!plan.unknown().isEmpty()) {
      return "%s of %s has members that this version of rdkafka-dropin does not know: %s. It was made for kafka-clients %s."
          .formatted(kafkaClass.simpleName(), version, join(plan.unknown()), bundle.kafkaVersion());
    }
    // what configurations know of cannot be looked up
    if (version.matches("kafka-clients [0-3]\\..*")) {
      return "%s is older than 4.0, the first version that %s can take the place of."
          .formatted(version, kafkaClass.replacement());
    }
    // the check takes about as long as loading the library does
    if (version.equals("kafka-clients " + bundle.kafkaVersion())) {
      return null;
    }
    List<String> missing = LinkCheck.missing(bundle, kafka, kafkaClass.replacement());
    return missing.isEmpty()
        ? null
        : "%s lacks what %s needs: %s. It was made for kafka-clients %s."
            .formatted(version, kafkaClass.replacement(), join(missing), bundle.kafkaVersion());
  }

  private static String join(List<String> names) {
    return String.join(", ", names);
  }
}
