package io.github.rdkafka.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a JUnit 5 class a {@link KafkaCluster}, as a parameter of a test, of a
 * lifecycle method or of the constructor.
 *
 * <pre>{@code
 * @KafkaClusterTest
 * class OrdersTest {
 *   @Test
 *   void ordersArrive(KafkaCluster kafka) {
 *     kafka.createTopic("orders", 3);
 *     ...
 *   }
 * }
 * }</pre>
 *
 * <p>Unless {@link #shared} is false, all classes of the test run that ask for the same brokers and
 * properties get one and the same cluster, which starts once: take names of topics and groups that
 * are the test's own. For what cannot be said here (listeners, JVM arguments) see {@link
 * KafkaClusterExtension}.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KafkaClusterExtension.class)
public @interface KafkaClusterTest {

  /** The number of brokers, 1 to 3. */
  int brokers() default 1;

  /** Properties of every broker, each {@code key=value}, see {@link KafkaClusterBuilder}. */
  String[] properties() default {};

  /** False for a cluster that is this class's alone: for tests that kill, pause or reconfigure. */
  boolean shared() default true;
}
