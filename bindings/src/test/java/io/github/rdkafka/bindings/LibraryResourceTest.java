package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryResourceTest {

  private static final Platform LINUX =
      new Platform(Platform.Os.LINUX, Platform.Arch.X86_64, false);
  private static final Platform ALPINE =
      new Platform(Platform.Os.LINUX, Platform.Arch.X86_64, true);
  private static final byte[] OLD = {1};
  private static final byte[] NEW = {2};

  @TempDir Path folder;

  @Test
  void takesTheWantedVersionWhenTheClassPathHasSeveral() throws IOException {
    Path old = jar("old.jar", LINUX, "version=1.9.2\ncrc32=01\n", OLD);
    Path wanted = jar("new.jar", LINUX, "version=2.15.1\ncrc32=02\n", NEW);
    try (URLClassLoader loader = loader(old, wanted)) {
      LibraryResource resource = LibraryResource.find(LINUX, "2.15.1", loader);

      assertEquals("02", resource.crc32());
      assertTrue(resource.location().toString().contains("new.jar"));
      try (InputStream in = resource.open()) {
        assertArrayEquals(NEW, in.readAllBytes());
      }
    }
  }

  @Test
  void looksInEachClassLoader() throws IOException {
    Path jar = jar("new.jar", LINUX, "version=2.15.1\ncrc32=02\n", NEW);
    try (URLClassLoader without = loader();
        URLClassLoader with = loader(jar)) {
      assertEquals("02", LibraryResource.find(LINUX, "2.15.1", null, without, with).crc32());
    }
  }

  @Test
  void namesThePlatformsThatAreThereWhenTheRunningOneIsNot() throws IOException {
    Path jar = jar("linux.jar", LINUX, "version=2.15.1\ncrc32=02\n", NEW);
    try (URLClassLoader loader = loader(jar)) {
      String message = failure(ALPINE, loader);

      assertTrue(message.contains("classifier linux-x86_64-musl"), message);
      assertTrue(message.contains("It has: linux-x86_64."), message);
      assertTrue(message.contains("io.github.rdkafka:rdkafka-native-linux-x86_64-musl"), message);
    }
    try (URLClassLoader loader = loader()) {
      assertFalse(failure(ALPINE, loader).contains("It has"));
    }
  }

  @Test
  void refusesALibraryThatLostItsDescription() throws IOException {
    try (URLClassLoader loader = loader(jar("bare.jar", LINUX, null, NEW))) {
      assertTrue(failure(LINUX, loader).contains("no librdkafka.properties lies beside it"));
    }
    try (URLClassLoader loader = loader(jar("part.jar", LINUX, "version=2.15.1\n", NEW))) {
      assertTrue(failure(LINUX, loader).contains("names no crc32"));
    }
  }

  private static String failure(Platform platform, ClassLoader loader) {
    return assertThrows(
            NativeLibraryException.class, () -> LibraryResource.find(platform, "2.15.1", loader))
        .getMessage();
  }

  private static URLClassLoader loader(Path... jars) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), null);
  }

  private Path jar(String name, Platform platform, String properties, byte[] library)
      throws IOException {
    Path file = folder.resolve(name);
    String inside = "META-INF/native/" + platform.classifier() + "/";
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry(inside + platform.libraryFileName()));
      jar.write(library);
      if (properties != null) {
        jar.putNextEntry(new JarEntry(inside + "librdkafka.properties"));
        jar.write(properties.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    }
    return file;
  }
}
