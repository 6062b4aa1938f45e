package io.hicache.cli;

import io.hicache.Page;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Moves a page's bytes between native memory and a user's file; {@code -} is stdin or stdout. */
final class PageFiles {
  private static final Path STREAM = Path.of("-");

  private PageFiles() {}

  static boolean isStream(Path file) {
    return file.equals(STREAM);
  }

  /**
   * Reads a whole file.
   *
   * @throws IllegalArgumentException if it is empty or too large for a page
   */
  static MemorySegment read(Path file, Arena arena) throws IOException {
    if (isStream(file)) {
      return copy(readStream(System.in), arena);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment bytes = arena.allocate(checked(file, channel.size()));
      ByteBuffer rest = bytes.asByteBuffer();
      while (rest.hasRemaining()) {
        if (channel.read(rest) < 0) {
          throw new IOException("file " + file + ": became shorter while it was read");
        }
      }
      return bytes;
    }
  }

  /** Writes a whole file, or on any error none: a reader never sees half a page. */
  static void write(Path file, MemorySegment bytes, WritableByteChannel stdout) throws IOException {
    if (isStream(file)) {
      writeAll(stdout, bytes);
      return;
    }
    Path whole = writable(file);
    Path temporary =
        whole.resolveSibling("." + whole.getFileName() + "." + ProcessHandle.current().pid());
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
        writeAll(channel, bytes);
      }
      Files.move(temporary, whole, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Returns the absolute path of a file that can be written.
   *
   * @throws IllegalArgumentException if it is a directory, or in one that does not exist
   */
  static Path writable(Path file) {
    Path whole = file.toAbsolutePath();
    Path directory = whole.getParent();
    if (directory == null || Files.isDirectory(whole)) {
      throw new IllegalArgumentException("file " + file + ": must not be a directory");
    }
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException("file " + file + ": its directory does not exist");
    }
    return whole;
  }

  private static void writeAll(WritableByteChannel channel, MemorySegment bytes)
      throws IOException {
    ByteBuffer rest = bytes.asByteBuffer();
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  private static byte[] readStream(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(Math.toIntExact(Page.MAX_BYTES) + 1);
    checked(STREAM, bytes.length);
    return bytes;
  }

  private static MemorySegment copy(byte[] bytes, Arena arena) {
    return arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
  }

  private static long checked(Path file, long bytes) {
    if (bytes < 1 || bytes > Page.MAX_BYTES) {
      throw new IllegalArgumentException(
          "file %s of %d bytes: a page has 1 to %d bytes".formatted(file, bytes, Page.MAX_BYTES));
    }
    return bytes;
  }
}
