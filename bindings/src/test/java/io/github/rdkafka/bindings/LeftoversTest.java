package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

  @TempDir Path folder;
  private Path fresh;

  @BeforeEach
  void makeFreshCopy() throws IOException {
    fresh = copyFolder("rdkafka-java-fresh", Duration.ZERO).resolve("lib.so");
  }

  @Test
  void deletesOldOnesOnly() throws IOException {
    Path old = copyFolder("rdkafka-java-old", Duration.ofHours(2));
    Path young = copyFolder("rdkafka-java-young", Duration.ofMinutes(10));
    Path foreign = copyFolder("something-else", Duration.ofHours(2));

    Leftovers.deleteBeside(fresh);

    assertFalse(Files.exists(old));
    assertTrue(Files.exists(young.resolve("lib.so")));
    assertTrue(Files.exists(foreign.resolve("lib.so")));
    assertTrue(Files.exists(fresh));
  }

  @Test
  void keepsWhatIsNotACopy() throws IOException {
    Path old = copyFolder("rdkafka-java-old", Duration.ofHours(2));
    Files.createFile(old.resolve("notes"));

    Leftovers.deleteBeside(fresh);

    assertTrue(Files.exists(old.resolve("notes")));
  }

  @Test
  void doesNotFollowALink() throws IOException {
    Path victim = copyFolder("victim", Duration.ofHours(2));
    Files.createSymbolicLink(folder.resolve("rdkafka-java-link"), victim);

    Leftovers.deleteBeside(fresh);

    assertTrue(Files.exists(victim.resolve("lib.so")));
  }

  @Test
  void leavesWhatBelongsToOthers() throws IOException {
    Path old = copyFolder("rdkafka-java-old", Duration.ofHours(2));
    boolean root = "root".equals(Files.getOwner(old).getName());
    if (root) {
      Files.setOwner(
          old,
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    }

    Leftovers.deleteBeside(fresh);

    assertEquals(root, Files.exists(old));
  }

  private Path copyFolder(String name, Duration age) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    Files.createFile(copy.resolve("lib.so"));
    Files.setLastModifiedTime(copy, FileTime.from(Instant.now().minus(age)));
    return copy;
  }
}
