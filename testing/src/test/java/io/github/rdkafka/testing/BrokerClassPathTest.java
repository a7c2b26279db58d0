package io.github.rdkafka.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerClassPathTest {

  @TempDir Path folder;

  private Path cache;
  private Path fallback;

  @BeforeEach
  void useOwnCache() {
    cache = folder.resolve("cache");
    fallback = folder.resolve("fallback");
    System.setProperty(BrokerClassPath.CACHE_PROPERTY, cache.toString());
  }

  @AfterEach
  void restore() {
    System.clearProperty(BrokerClassPath.CACHE_PROPERTY);
    System.clearProperty(BrokerClassPath.CLASS_PATH_PROPERTY);
  }

  @Test
  void allThatResolveTogetherGetWholeJars() throws IOException {
    List<CompletableFuture<String>> resolving = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      resolving.add(CompletableFuture.supplyAsync(() -> BrokerClassPath.resolve(fallback)));
    }
    Set<String> resolved =
        resolving.stream().map(CompletableFuture::join).collect(Collectors.toSet());
    assertEquals(1, resolved.size());
    List<Path> jars = jars(resolved.iterator().next());
    assertTrue(jars.stream().anyMatch(p -> p.getFileName().toString().startsWith("kafka_2.13-")));
    for (Path jar : jars) {
      assertTrue(jar.startsWith(cache), jar.toString());
      assertTrue(Files.size(jar) > 0, jar.toString());
    }
    try (Stream<Path> files = Files.list(jars.get(0).getParent())) {
      assertEquals(jars.size(), files.count(), "files left over");
    }
    assertFalse(Files.exists(fallback));
  }

  @Test
  void damagedJarIsReplaced() throws IOException {
    Path jar = jars(BrokerClassPath.resolve(fallback)).get(0);
    long size = Files.size(jar);
    Files.writeString(jar, "cut short");
    BrokerClassPath.resolve(fallback);
    assertEquals(size, Files.size(jar));
  }

  @Test
  void fallbackIsUsedWhenTheCacheCannotBeWritten() throws IOException {
    Files.writeString(cache, "a file, where a folder should be");
    for (Path jar : jars(BrokerClassPath.resolve(fallback))) {
      assertTrue(jar.startsWith(fallback), jar.toString());
    }
  }

  @Test
  void nowhereToWriteIsSaid() throws IOException {
    Files.writeString(cache, "a file");
    Files.writeString(fallback, "a file");
    KafkaClusterException e =
        assertThrows(KafkaClusterException.class, () -> BrokerClassPath.resolve(fallback));
    assertTrue(e.getMessage().contains(fallback.toString()), e.getMessage());
  }

  @Test
  void givenClassPathIsTaken() {
    System.setProperty(BrokerClassPath.CLASS_PATH_PROPERTY, "/kafka/libs/*");
    assertEquals("/kafka/libs/*", BrokerClassPath.resolve(fallback));
    assertFalse(Files.exists(cache));
  }

  @Test
  void nothingOfTheBrokerIsOnThisClassPath() {
    assertThrows(ClassNotFoundException.class, () -> Class.forName("kafka.Kafka"));
    assertThrows(ClassNotFoundException.class, () -> Class.forName("scala.Option"));
  }

  private static List<Path> jars(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator, -1)).map(Path::of).toList();
  }
}
