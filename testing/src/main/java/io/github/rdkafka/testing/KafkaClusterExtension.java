package io.github.rdkafka.testing;

import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * Starts a {@link KafkaCluster} for JUnit tests, hands it to them as a parameter, and closes it.
 * What a failing test throws carries the last lines of the brokers' logs as a suppressed exception.
 * Needs JUnit 5.13 or newer.
 *
 * <p>{@link KafkaClusterTest} is the short way. Registered as a field, it takes any description:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final KafkaClusterExtension KAFKA =
 *     KafkaClusterExtension.exclusive(KafkaCluster.builder().brokers(3).host("localhost"));
 * }</pre>
 */
public final class KafkaClusterExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        ParameterResolver,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {

  private static final Namespace NAMESPACE = Namespace.create(KafkaClusterExtension.class);

  /** Null for what the annotation says. */
  private final ClusterSpec spec;

  private final boolean shared;

  private volatile KafkaCluster cluster;

  /** For {@link KafkaClusterTest}; JUnit calls it. */
  public KafkaClusterExtension() {
    this(null, true);
  }

  private KafkaClusterExtension(ClusterSpec spec, boolean shared) {
    this.spec = spec;
    this.shared = shared;
  }

  /**
   * One cluster for all classes of the test run that share an equal description. It starts with the
   * first of them and ends with the run. Brokers that a test left killed or paused are brought back
   * before the next class.
   */
  public static KafkaClusterExtension shared(KafkaClusterBuilder description) {
    return new KafkaClusterExtension(description.spec(), true);
  }

  /**
   * A cluster of its own for the class, when registered as a static field, or for each test, when
   * registered as an instance field.
   */
  public static KafkaClusterExtension exclusive(KafkaClusterBuilder description) {
    return new KafkaClusterExtension(description.spec(), false);
  }

  /**
   * The cluster.
   *
   * @throws IllegalStateException if no test of the class has begun
   */
  public KafkaCluster cluster() {
    if (cluster == null) {
      throw new IllegalStateException("no cluster before the first test's preparation");
    }
    return cluster;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    KafkaCluster started = clusterOf(context);
    if (isShared(context)) {
      started.startMissing();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    clusterOf(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KafkaCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return clusterOf(context);
  }

  /** Starts it unless this context, or one around it, has it. The store closes it. */
  private KafkaCluster clusterOf(ExtensionContext context) {
    ClusterSpec wanted = spec != null ? spec : specOf(annotation(context));
    Store store =
        isShared(context)
            ? context.getRoot().getStore(NAMESPACE)
            : context.getStore(Namespace.create(NAMESPACE, this));
    cluster =
        store.getOrComputeIfAbsent(wanted, key -> KafkaCluster.start(wanted), KafkaCluster.class);
    return cluster;
  }

  private boolean isShared(ExtensionContext context) {
    return spec != null ? shared : annotation(context).map(KafkaClusterTest::shared).orElse(true);
  }

  private static Optional<KafkaClusterTest> annotation(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(
        context.getRequiredTestClass(), KafkaClusterTest.class, context.getEnclosingTestClasses());
  }

  private static ClusterSpec specOf(Optional<KafkaClusterTest> annotation) {
    KafkaClusterBuilder builder = KafkaCluster.builder();
    annotation.ifPresent(
        wanted -> {
          builder.brokers(wanted.brokers());
          for (String property : wanted.properties()) {
            int equals = property.indexOf('=');
            if (equals < 1) {
              throw new IllegalArgumentException("not key=value: '" + property + "'");
            }
            builder.property(
                property.substring(0, equals).strip(), property.substring(equals + 1).strip());
          }
        });
    return builder.spec();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLogs(failure);
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLogs(failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLogs(failure);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLogs(failure);
  }

  @Override
  public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLogs(failure);
  }

  private Throwable withLogs(Throwable failure) {
    KafkaCluster running = cluster;
    if (running != null && !(failure instanceof TestAbortedException)) {
      failure.addSuppressed(running.logs());
    }
    return failure;
  }
}
