package io.hicache.file.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * The bytes of a store's page files, counted together by every process that has it open: eight
 * bytes, little endian, in a file that all map. Without locks, which some file systems refuse: an
 * addition is one atomic instruction. A scan now and then puts right what killed processes left
 * out.
 *
 * <p>Where memory is not shared between the machines of a mount, the file is not mapped and each
 * process counts by itself, from scan to scan. Thread-safe.
 */
final class UsageCounter implements AutoCloseable {
  /** The file's name; page files and namespaces are never called so. */
  static final String FILE = ".usage";

  private static final VarHandle BYTES = ValueLayout.JAVA_LONG.varHandle();

  private final Arena arena;
  private final MemorySegment counter;

  private UsageCounter(Arena arena, MemorySegment counter) {
    this.arena = arena;
    this.counter = counter;
  }

  /** Opens a store's counter, and makes it where it is missing. */
  static UsageCounter shared(Path store) throws IOException {
    Path file = store.resolve(FILE);
    Arena arena = Arena.ofShared();
    try (FileChannel channel =
        FileChannel.open(file, PageTree.createOptions(), PageTree.privateFile(store))) {
      MemorySegment mapped = channel.map(MapMode.READ_WRITE, 0, Long.BYTES, arena);
      return new UsageCounter(arena, mapped);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /** Returns a counter of this process's own. */
  static UsageCounter alone() {
    Arena arena = Arena.ofShared();
    return new UsageCounter(arena, arena.allocate(ValueLayout.JAVA_LONG));
  }

  /** Returns the count. */
  long bytes() {
    return (long) BYTES.getVolatile(counter, 0L);
  }

  /** Adds, or takes away; returns the new count. */
  long add(long bytes) {
    return (long) BYTES.getAndAdd(counter, 0L, bytes) + bytes;
  }

  @Override
  public void close() {
    arena.close();
  }
}
