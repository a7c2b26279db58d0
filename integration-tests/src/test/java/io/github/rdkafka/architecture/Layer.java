package io.github.rdkafka.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import io.github.rdkafka.internal.natives.LiveObjects;
import java.util.List;

/**
 * What the classes of a package must not know.
 *
 * @param packageName in ArchUnit's notation: with two dots behind, subpackages are included
 */
record Layer(String packageName, List<String> mustNotKnow) {
  private static final String CLIENT = "io.github.rdkafka";
  private static final String INTERNAL = "io.github.rdkafka.internal..";
  private static final String NATIVES = "io.github.rdkafka.internal.natives..";
  private static final String PRODUCER = "io.github.rdkafka.internal.producer..";
  private static final String CONSUMER = "io.github.rdkafka.internal.consumer..";
  private static final String CONFIG = "io.github.rdkafka.internal.config..";
  private static final String SECURITY = "io.github.rdkafka.internal.security..";
  private static final String METRICS = "io.github.rdkafka.internal.metrics..";
  private static final String BINDINGS = "io.github.rdkafka.bindings..";
  private static final String TESTING = "io.github.rdkafka.testing..";
  private static final String EXAMPLES = "io.github.rdkafka.examples..";
  private static final String FOREIGN = "java.lang.foreign..";
  private static final String KAFKA = "org.apache.kafka..";

  static final List<Layer> ALL =
      List.of(
          new Layer(BINDINGS, List.of(KAFKA, CLIENT, INTERNAL)),
          new Layer(NATIVES, List.of(CLIENT, PRODUCER, CONSUMER, METRICS)),
          new Layer(CONFIG, List.of(FOREIGN, BINDINGS)),
          new Layer(SECURITY, List.of(FOREIGN, BINDINGS)),
          new Layer(METRICS, List.of(FOREIGN, BINDINGS, NATIVES, PRODUCER, CONSUMER)),
          new Layer(PRODUCER, List.of(CONSUMER)),
          new Layer(CONSUMER, List.of(PRODUCER)),
          new Layer(CLIENT, List.of(FOREIGN, BINDINGS)),
          new Layer(TESTING, List.of(FOREIGN, BINDINGS, INTERNAL)),
          new Layer(EXAMPLES, List.of(FOREIGN, BINDINGS, INTERNAL)));

  /** Fails also if the package has no classes. */
  ArchRule rule() {
    return noClasses()
        .that()
        .resideInAPackage(packageName)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(mustNotKnow.toArray(String[]::new));
  }

  /** Only the bindings themselves and the client's inside touch librdkafka's functions. */
  static ArchRule bindingsAreForInternalUse() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(BINDINGS, INTERNAL)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BINDINGS);
  }

  /** For the integration tests, which may count native objects and see nothing else inside. */
  static ArchRule testsUseThePublicInterface() {
    return noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(INTERNAL, BINDINGS).and(not(belongToAnyOf(LiveObjects.class))));
  }

  @Override
  public String toString() {
    return packageName + " must not know " + String.join(", ", mustNotKnow);
  }
}
