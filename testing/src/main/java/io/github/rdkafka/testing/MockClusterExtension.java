package io.github.rdkafka.testing;

import io.github.rdkafka.MockCluster;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Starts a {@link MockCluster} for each JUnit test that asks for one, and closes it after the test.
 * Needs JUnit 5.13 or newer. {@link MockClusterTest} is the short way.
 */
public final class MockClusterExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(MockClusterExtension.class);

  /** 0 for what the annotation says. */
  private final int brokers;

  /** With as many brokers as {@link MockClusterTest} says, 1 without it; JUnit calls it. */
  public MockClusterExtension() {
    brokers = 0;
  }

  /**
   * For a field that is annotated {@code @RegisterExtension}.
   *
   * @throws IllegalArgumentException if there is not at least one broker
   */
  public MockClusterExtension(int brokers) {
    if (brokers < 1) {
      throw new IllegalArgumentException("a cluster has at least one broker, not " + brokers);
    }
    this.brokers = brokers;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == MockCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (context.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException(
          "a MockCluster belongs to one test: it is a parameter of tests, @BeforeEach and"
              + " @AfterEach, not of "
              + parameter.getDeclaringExecutable());
    }
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            MockCluster.class, key -> MockCluster.start(brokers(context)), MockCluster.class);
  }

  private int brokers(ExtensionContext context) {
    if (brokers > 0) {
      return brokers;
    }
    return AnnotationSupport.findAnnotation(
            context.getRequiredTestClass(),
            MockClusterTest.class,
            context.getEnclosingTestClasses())
        .map(MockClusterTest::brokers)
        .orElse(1);
  }
}
