package io.hicache.file.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * The bytes of a store's page files, counted together by every process that has it open, and behind
 * it the bytes that were ever written and removed: two numbers of eight bytes in a file that all
 * map. Without locks, which some file systems refuse: an addition is one atomic instruction. A scan
 * now and then puts right what killed processes left out.
 *
 * <p>Where memory is not shared between the machines of a mount, the file is not mapped and each
 * process counts by itself, from scan to scan. Thread-safe.
 */
final class UsageCounter implements AutoCloseable {
  /** The file's name; page files and namespaces are never called so. */
  static final String FILE = ".usage";

  private static final VarHandle NUMBER = ValueLayout.JAVA_LONG.varHandle();
  private static final long AT_MOVED = Long.BYTES;
  private static final long LENGTH = 2 * Long.BYTES;

  private final Arena arena;
  private final MemorySegment counter;

  private UsageCounter(Arena arena, MemorySegment counter) {
    this.arena = arena;
    this.counter = counter;
  }

  /**
   * Opens a store's counter, and makes it where it is missing.
   *
   * @throws IOException if the file system failed, or has no room for it, or it is a symbolic link
   */
  static UsageCounter shared(Path store) throws IOException {
    Path file = store.resolve(FILE);
    Arena arena = Arena.ofShared();
    try (FileChannel channel =
        FileChannel.open(file, PageTree.createOptions(), PageTree.privateFile(store))) {
      fill(channel);
      MemorySegment mapped = channel.map(MapMode.READ_WRITE, 0, LENGTH, arena);
      return new UsageCounter(arena, mapped);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /**
   * Gives a new file its bytes by a write, which tells when the disk is full; a mapping over a hole
   * would find out in the middle of an addition, as a signal.
   */
  private static void fill(FileChannel channel) throws IOException {
    while (channel.size() < LENGTH) {
      channel.write(ByteBuffer.allocate((int) (LENGTH - channel.size())), channel.size());
    }
  }

  /** Returns a counter of this process's own. */
  static UsageCounter alone() {
    Arena arena = Arena.ofShared();
    return new UsageCounter(arena, arena.allocate(LENGTH, Long.BYTES));
  }

  /** Returns the count. */
  long bytes() {
    return (long) NUMBER.getVolatile(counter, 0L);
  }

  /** Returns the bytes ever added and taken away. */
  long moved() {
    return (long) NUMBER.getVolatile(counter, AT_MOVED);
  }

  /** Adds a file, or takes one away; returns the new count. */
  long add(long bytes) {
    NUMBER.getAndAdd(counter, AT_MOVED, Math.abs(bytes));
    return correct(bytes);
  }

  /** Adds what was not counted, or takes away what was too much; returns the new count. */
  long correct(long bytes) {
    return (long) NUMBER.getAndAdd(counter, 0L, bytes) + bytes;
  }

  @Override
  public void close() {
    arena.close();
  }
}
