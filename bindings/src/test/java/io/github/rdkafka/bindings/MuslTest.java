package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MuslTest {

  private static final String HEAP = "56229776b000-56229776c000 rw-p 00000000 00:00 0  [heap]";
  private static final String JVM =
      "7f77409dc000-7f77409de000 r-xp 00000000 fe:00 123 /opt/jdk/lib/server/libjvm.so";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/lib/ld-musl-x86_64.so.1",
        "/lib/ld-musl-aarch64.so.1",
        "/lib/libc.musl-x86_64.so.1",
        "/usr/lib/x86_64-linux-musl/libc.so",
      })
  void seesMusl(String file) {
    assertTrue(Musl.decide(maps(file), other -> false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/usr/lib/x86_64-linux-gnu/libc.so.6",
        "/usr/lib64/libc-2.17.so",
        "/lib64/ld-linux-x86-64.so.2",
      })
  void seesGlibcAlsoWhereMuslIsInstalled(String file) {
    assertFalse(Musl.decide(maps(file), other -> true));
  }

  @Test
  void withoutMappingsDecidesByWhatIsInstalled() {
    Set<String> alpine = Set.of("/lib/ld-musl-x86_64.so.1");
    Set<String> debian = Set.of("/lib64/ld-linux-x86-64.so.2");
    Set<String> both = Set.of("/lib/ld-musl-x86_64.so.1", "/lib64/ld-linux-x86-64.so.2");

    assertTrue(Musl.decide(List.of(), alpine::contains));
    assertFalse(Musl.decide(List.of(), debian::contains));
    assertFalse(Musl.decide(List.of(), both::contains));
  }

  private static List<String> maps(String file) {
    return List.of(
        HEAP,
        "7f77409e0000-7f77409f5000 r--p 00000000 fe:00 1507452                    " + file,
        JVM);
  }
}
