package io.github.rdkafka.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom: the rules hold, speak of classes that exist, and notice an offender. */
class LayersTest {
  private static JavaClasses mainCode;

  @BeforeAll
  static void readClassFiles() {
    mainCode =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.rdkafka");
  }

  static List<Layer> layers() {
    return Layer.ALL;
  }

  static Stream<Arguments> offences() {
    return Layer.ALL.stream()
        .flatMap(layer -> layer.mustNotKnow().stream().map(other -> Arguments.of(layer, other)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void mainCodeKeepsToItsLayer(Layer layer) {
    layer.rule().check(mainCode);
  }

  @ParameterizedTest
  @MethodSource("offences")
  void anOffenderIsNoticed(Layer layer, String forbidden, @TempDir Path folder) throws IOException {
    JavaClasses offender = Offender.compile(folder, layer.packageName(), forbidden);
    assertTrue(layer.rule().evaluate(offender).hasViolation());
  }

  @ParameterizedTest
  @MethodSource("offences")
  void whatIsForbiddenExists(Layer layer, String forbidden) {
    boolean ofThisProject = forbidden.startsWith("io.github.rdkafka");
    assertTrue(
        !ofThisProject || mainCode.stream().anyMatch(resideInAnyPackage(forbidden)),
        () -> "no class is in " + forbidden + ": was it renamed?");
  }

  @Test
  void onlyInternalCodeKnowsTheBindings() {
    Layer.bindingsAreForInternalUse().check(mainCode);
  }

  @Test
  void newCodeThatKnowsTheBindingsIsNoticed(@TempDir Path folder) throws IOException {
    JavaClasses offender =
        Offender.compile(folder, "io.github.rdkafka.fresh", "io.github.rdkafka.bindings..");
    assertTrue(Layer.bindingsAreForInternalUse().evaluate(offender).hasViolation());
  }

  @Test
  void integrationTestsUseThePublicInterface() {
    JavaClasses tests =
        new ClassFileImporter()
            .importLocations(
                List.of(
                    Location.of(
                        LayersTest.class.getProtectionDomain().getCodeSource().getLocation())));
    assertTrue(tests.contain(LayersTest.class));
    Layer.testsUseThePublicInterface().check(tests);
  }

  @Test
  void aTestThatLooksInsideIsNoticed(@TempDir Path folder) throws IOException {
    JavaClasses offender =
        Offender.compile(folder, "io.github.rdkafka.integration", "io.github.rdkafka.internal..");
    assertTrue(Layer.testsUseThePublicInterface().evaluate(offender).hasViolation());
  }

  @Test
  void testCodeIsNotTakenForMainCode() {
    assertFalse(mainCode.contain(LayersTest.class));
  }
}
