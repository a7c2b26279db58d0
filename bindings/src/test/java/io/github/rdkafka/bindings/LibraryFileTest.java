package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The formats of systems that the tests do not run on, by headers written here. */
class LibraryFileTest {

  private static final Platform LINUX =
      new Platform(Platform.Os.LINUX, Platform.Arch.X86_64, false);
  private static final Platform MAC = new Platform(Platform.Os.OSX, Platform.Arch.AARCH_64, false);
  private static final Platform WINDOWS =
      new Platform(Platform.Os.WINDOWS, Platform.Arch.X86_64, false);

  @TempDir Path folder;

  @Test
  void theBuiltLibraryHasNoProblemWhole() throws IOException {
    Path file = BuiltLibrary.file(folder);

    assertEquals(Optional.empty(), LibraryFile.problem(file, BuiltLibrary.PLATFORM));
  }

  @Test
  void theBuiltLibraryIsTruncatedAtAnyLength() throws IOException {
    byte[] library = BuiltLibrary.bytes();
    for (int length :
        new int[] {0, 1, 63, 64, 100, 4096, library.length / 3, library.length * 9 / 10}) {
      assertProblem(Arrays.copyOf(library, length), BuiltLibrary.PLATFORM, "truncated");
    }
  }

  @Test
  void readsElf() throws IOException {
    assertEquals(Optional.empty(), problem(elf(62, 200, 300), LINUX));
    assertProblem(elf(62, 201, 300), LINUX, "truncated: it has 500 bytes");
    assertProblem(elf(62, Long.MAX_VALUE, 300), LINUX, "damaged");
    assertProblem(elf(62, 200, -1), LINUX, "damaged");
    assertProblem(elf(183, 200, 300), LINUX, "is built for aarch_64, and this JVM is x86_64");
    assertProblem(elf(3, 200, 300), LINUX, "another processor (ELF machine 0x3)");
    byte[] elf32 = elf(62, 200, 300);
    elf32[4] = 1;
    assertProblem(elf32, LINUX, "is not a 64-bit little-endian ELF file");
    assertProblem(macho(0x01000007), LINUX, "is not a 64-bit little-endian ELF file");
  }

  @Test
  void readsMacho() throws IOException {
    assertEquals(Optional.empty(), problem(macho(0x0100000C), MAC));
    assertProblem(macho(0x01000007), MAC, "is built for x86_64, and this JVM is aarch_64");
    assertProblem(elf(183, 200, 300), MAC, "is not a 64-bit Mach-O file");
    byte[] universal = new byte[500];
    universal[0] = (byte) 0xca;
    universal[1] = (byte) 0xfe;
    universal[2] = (byte) 0xba;
    universal[3] = (byte) 0xbe;
    assertEquals(Optional.empty(), problem(universal, MAC));
  }

  @Test
  void readsPe() throws IOException {
    assertEquals(Optional.empty(), problem(pe(0x8664, 128), WINDOWS));
    assertProblem(pe(0xAA64, 128), WINDOWS, "is built for aarch_64, and this JVM is x86_64");
    assertProblem(pe(0x8664, 498), WINDOWS, "truncated");
    assertProblem(elf(62, 200, 300), WINDOWS, "is not a PE file");
  }

  private void assertProblem(byte[] content, Platform platform, String text) throws IOException {
    String problem = problem(content, platform).orElse("no problem");
    assertTrue(problem.contains(text), problem);
  }

  private Optional<String> problem(byte[] content, Platform platform) throws IOException {
    return LibraryFile.problem(Files.write(folder.resolve("library"), content), platform);
  }

  /** 500 bytes with one segment to load. */
  private static byte[] elf(int machine, long segmentOffset, long segmentSize) {
    byte[] file = new byte[500];
    write(file)
        .putInt(0, 0x464c457f)
        .put(4, (byte) 2)
        .put(5, (byte) 1)
        .putShort(18, (short) machine)
        .putLong(32, 64)
        .putShort(54, (short) 56)
        .putShort(56, (short) 1)
        .putInt(64, 1)
        .putLong(64 + 8, segmentOffset)
        .putLong(64 + 32, segmentSize);
    return file;
  }

  private static byte[] macho(int cpu) {
    byte[] file = new byte[500];
    write(file).putInt(0, 0xfeedfacf).putInt(4, cpu);
    return file;
  }

  private static byte[] pe(int machine, int start) {
    byte[] file = new byte[500];
    write(file).putShort(0, (short) 0x5a4d).putInt(60, start);
    if (start + 6 <= file.length) {
      write(file).putInt(start, 0x00004550).putShort(start + 4, (short) machine);
    }
    return file;
  }

  private static ByteBuffer write(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }
}
