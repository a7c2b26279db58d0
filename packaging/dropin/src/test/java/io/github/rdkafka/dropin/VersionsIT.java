package io.github.rdkafka.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The classes as each supported kafka-clients has them, and what they are replaced by. */
class VersionsIT {

  private static final String NEEDED = "org/apache/kafka/common/header/internals/RecordHeaders";

  private final Bundle bundle = bundle();
  private final Compatibility compatibility = new Compatibility(bundle);

  @ParameterizedTest
  @CsvSource({
    "4.0.0, CONSUMER",
    "4.0.0, PRODUCER",
    "4.0.2, CONSUMER",
    "4.0.2, PRODUCER",
    "4.1.0, CONSUMER",
    "4.1.0, PRODUCER",
    "4.1.2, CONSUMER",
    "4.1.2, PRODUCER",
    "4.2.0, CONSUMER",
    "4.2.0, PRODUCER",
    "4.2.1, CONSUMER",
    "4.2.1, PRODUCER",
    "4.3.0, CONSUMER",
    "4.3.0, PRODUCER",
    "4.3.1, CONSUMER",
    "4.3.1, PRODUCER",
  })
  void replacedClassHasTheSameMembers(String version, KafkaClass kafkaClass) throws Exception {
    try (URLClassLoader kafka = kafka(version)) {
      ClassModel original = model(kafka, kafkaClass);
      MemberPlan plan = compatibility.plan(kafkaClass, original);

      assertEquals(null, compatibility.problem(kafkaClass, plan, kafka));
      assertEquals(List.of(), LinkCheck.missing(bundle, kafka, kafkaClass.replacement()));
      byte[] replaced = BodyWriter.replaced(kafkaClass, original, plan);
      try (Redefining redefining = new Redefining(kafka.getURLs(), kafkaClass, replaced)) {
        String name = kafkaClass.internalName().replace('/', '.');
        Class<?> before = kafka.loadClass(name);
        Class<?> after = redefining.loadClass(name);
        assertEquals(members(before, m -> true), members(after, m -> !m.contains("rdkafka$")));
        assertImplements(after);
      }
    }
  }

  @Test
  void whatTheClientNeedsAndAVersionLacksIsFound(@TempDir Path folder) throws Exception {
    Path lacking = Jvm.kafkaWithout(NEEDED, "4.0.2", folder);
    try (URLClassLoader kafka = kafka(lacking)) {
      MemberPlan plan = compatibility.plan(KafkaClass.PRODUCER, model(kafka, KafkaClass.PRODUCER));

      String problem = compatibility.problem(KafkaClass.PRODUCER, plan, kafka);

      assertNotNull(problem);
      assertTrue(problem.contains("kafka-clients 4.0.2 lacks what"), problem);
      assertTrue(problem.contains(NEEDED.replace('/', '.')), problem);
    }
  }

  @Test
  void olderVersionsAreRefusedEvenIfNothingIsMissing() throws Exception {
    try (URLClassLoader kafka = kafka("3.9.1")) {
      MemberPlan plan = compatibility.plan(KafkaClass.PRODUCER, model(kafka, KafkaClass.PRODUCER));

      String problem = compatibility.problem(KafkaClass.PRODUCER, plan, kafka);

      assertNotNull(problem);
      assertTrue(problem.contains("kafka-clients 3.9.1 is older than 4.0"), problem);
    }
  }

  @Test
  void originalUnderAnotherNameIsComplete() throws Exception {
    try (URLClassLoader kafka = kafka(Jvm.KAFKA_VERSION)) {
      ClassModel model = model(kafka, KafkaClass.PRODUCER);
      String name = KafkaClass.PRODUCER.internalName();

      byte[] renamed =
          OriginalClass.renamed(
              kafka.getResourceAsStream(KafkaClass.PRODUCER.resource()).readAllBytes(), name);

      ClassModel result = ClassFile.of().parse(renamed);
      assertEquals(name + "$Original", result.thisClass().asInternalName());
      assertEquals(model.methods().size(), result.methods().size());
      assertTrue(
          result.constantPool().entryByIndex(1) != null
              && result.toDebugString().contains("KafkaProducer$Original$AppendCallbacks"));
    }
  }

  /** Every method of the interface has a body, or the first call of it would fail. */
  private static void assertImplements(Class<?> type) throws NoSuchMethodException {
    for (Method method : type.getInterfaces()[0].getMethods()) {
      if (Modifier.isAbstract(method.getModifiers())) {
        Method body = type.getMethod(method.getName(), method.getParameterTypes());
        assertEquals(type, body.getDeclaringClass(), method.toString());
      }
    }
  }

  private static Set<String> members(Class<?> type, Predicate<String> filter) {
    Set<String> members = new TreeSet<>();
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      add(members, constructor.getModifiers(), constructor.toGenericString());
    }
    for (Method method : type.getDeclaredMethods()) {
      add(members, method.getModifiers(), method.toGenericString());
    }
    Arrays.stream(type.getDeclaredFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
        .forEach(field -> add(members, field.getModifiers(), field.toGenericString()));
    members.removeIf(filter.negate());
    return members;
  }

  private static void add(Set<String> members, int modifiers, String member) {
    if (!Modifier.isPrivate(modifiers)) {
      members.add(member);
    }
  }

  private static ClassModel model(ClassLoader kafka, KafkaClass kafkaClass) throws IOException {
    try (InputStream in = kafka.getResourceAsStream(kafkaClass.resource())) {
      return ClassFile.of().parse(in.readAllBytes());
    }
  }

  private static URLClassLoader kafka(String version) throws IOException {
    return kafka(Jvm.kafka(version));
  }

  private static URLClassLoader kafka(Path jar) throws IOException {
    return new URLClassLoader(
        new URL[] {
          jar.toUri().toURL(), Jvm.jarOf(org.slf4j.Logger.class).toUri().toURL(),
        },
        ClassLoader.getPlatformClassLoader());
  }

  private static Bundle bundle() {
    try {
      return Bundle.open(new CodeSource(Jvm.AGENT.toUri().toURL(), (Certificate[]) null));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** kafka-clients with one class replaced. */
  private static final class Redefining extends URLClassLoader {

    private final KafkaClass kafkaClass;
    private final byte[] replaced;

    Redefining(URL[] urls, KafkaClass kafkaClass, byte[] replaced) {
      super(urls, ClassLoader.getPlatformClassLoader());
      this.kafkaClass = kafkaClass;
      this.replaced = replaced;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      return name.replace('.', '/').equals(kafkaClass.internalName())
          ? defineClass(name, replaced, 0, replaced.length)
          : super.findClass(name);
    }
  }
}
