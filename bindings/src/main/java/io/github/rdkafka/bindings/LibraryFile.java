package io.github.rdkafka.bindings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Looks at a library's first bytes before the operating system does. The system's own message for a
 * foreign file is hard to read, and a truncated ELF file can kill the process: its pages are
 * mapped, and the missing ones raise SIGBUS.
 */
final class LibraryFile {

  private static final int ELF_MAGIC = 0x464c457f;
  private static final int MACHO_64_MAGIC = 0xfeedfacf;
  private static final int MACHO_UNIVERSAL_MAGIC = 0xbebafeca;
  private static final int PE_MAGIC = 0x00004550;
  private static final short DOS_MAGIC = 0x5a4d;
  private static final int HEADER_SIZE = 64;
  private static final int ELF_ENTRY_SIZE = 56;
  private static final int ELF_LOAD = 1;

  private LibraryFile() {}

  /** What is wrong with a file as a library for a platform, or empty if nothing is seen. */
  static Optional<String> problem(Path file, Platform platform) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < HEADER_SIZE) {
        return Optional.of("has only %d bytes: it is truncated".formatted(channel.size()));
      }
      ByteBuffer header = read(channel, 0, HEADER_SIZE);
      return switch (platform.os()) {
        case LINUX -> elfProblem(channel, header, platform);
        case OSX -> machoProblem(header, platform);
        case WINDOWS -> peProblem(channel, header, platform);
      };
    }
  }

  private static Optional<String> elfProblem(
      FileChannel channel, ByteBuffer header, Platform platform) throws IOException {
    boolean is64LittleEndian = header.get(4) == 2 && header.get(5) == 1;
    if (header.getInt(0) != ELF_MAGIC || !is64LittleEndian) {
      return notALibrary("a 64-bit little-endian ELF");
    }
    int machine = Short.toUnsignedInt(header.getShort(18));
    if (machine != platform.arch().elfMachine) {
      return otherProcessor(platform, "ELF machine", machine);
    }
    return elfEndProblem(channel, header);
  }

  /** Whether all that the system will map is there. */
  private static Optional<String> elfEndProblem(FileChannel channel, ByteBuffer header)
      throws IOException {
    long table = header.getLong(32);
    int entrySize = Short.toUnsignedInt(header.getShort(54));
    int entries = Short.toUnsignedInt(header.getShort(56));
    int tableSize = ELF_ENTRY_SIZE * entries;
    if (entrySize != ELF_ENTRY_SIZE || table < 0 || table > Long.MAX_VALUE - tableSize) {
      return damaged();
    }
    if (table + tableSize > channel.size()) {
      return truncated(channel.size(), table + tableSize);
    }
    ByteBuffer programHeaders = read(channel, table, tableSize);
    for (int entry = 0; entry < tableSize; entry += ELF_ENTRY_SIZE) {
      long offset = programHeaders.getLong(entry + 8);
      long size = programHeaders.getLong(entry + 32);
      if (programHeaders.getInt(entry) != ELF_LOAD) {
        continue;
      }
      if (offset < 0 || size < 0 || offset > Long.MAX_VALUE - size) {
        return damaged();
      }
      if (offset + size > channel.size()) {
        return truncated(channel.size(), offset + size);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> machoProblem(ByteBuffer header, Platform platform) {
    int magic = header.getInt(0);
    if (magic == MACHO_UNIVERSAL_MAGIC) {
      return Optional.empty();
    }
    if (magic != MACHO_64_MAGIC) {
      return notALibrary("a 64-bit Mach-O");
    }
    int cpu = header.getInt(4);
    return cpu == platform.arch().machoCpu
        ? Optional.empty()
        : otherProcessor(platform, "Mach-O CPU type", cpu);
  }

  private static Optional<String> peProblem(
      FileChannel channel, ByteBuffer header, Platform platform) throws IOException {
    if (header.getShort(0) != DOS_MAGIC) {
      return notALibrary("a PE");
    }
    long start = Integer.toUnsignedLong(header.getInt(60));
    if (start + 6 > channel.size()) {
      return truncated(channel.size(), start + 6);
    }
    ByteBuffer pe = read(channel, start, 6);
    if (pe.getInt(0) != PE_MAGIC) {
      return notALibrary("a PE");
    }
    int machine = Short.toUnsignedInt(pe.getShort(4));
    return machine == platform.arch().peMachine
        ? Optional.empty()
        : otherProcessor(platform, "PE machine", machine);
  }

  private static Optional<String> notALibrary(String format) {
    return Optional.of("is not " + format + " file, which this operating system needs");
  }

  private static Optional<String> damaged() {
    return Optional.of("is damaged: its header makes no sense");
  }

  private static Optional<String> truncated(long size, long needed) {
    return Optional.of(
        "is truncated: it has %d bytes and its header speaks of at least %d"
            .formatted(size, needed));
  }

  private static Optional<String> otherProcessor(Platform platform, String field, int machine) {
    for (Platform.Arch arch : Platform.Arch.values()) {
      if (machine == arch.elfMachine || machine == arch.peMachine || machine == arch.machoCpu) {
        return Optional.of(
            "is built for %s, and this JVM is %s".formatted(arch.label, platform.arch().label));
      }
    }
    return Optional.of(
        "is built for another processor (%s 0x%x) than this JVM, which is %s"
            .formatted(field, machine, platform.arch().label));
  }

  private static ByteBuffer read(FileChannel channel, long position, int size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
      // until it is full or the file has no more
    }
    return buffer;
  }
}
