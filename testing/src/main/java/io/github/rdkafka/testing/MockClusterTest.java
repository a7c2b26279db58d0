package io.github.rdkafka.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a JUnit 5 class a fresh {@link io.github.rdkafka.MockCluster}, as a parameter
 * of the test or of a method that runs before or after each.
 *
 * <pre>{@code
 * @MockClusterTest
 * class RetryTest {
 *   @Test
 *   void sendsAgain(MockCluster mock) {
 *     mock.failRequests(ApiKeys.PRODUCE, Errors.NOT_LEADER_OR_FOLLOWER);
 *     ...
 *   }
 * }
 * }</pre>
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MockClusterExtension.class)
public @interface MockClusterTest {

  /** The number of brokers, at least 1. */
  int brokers() default 1;
}
