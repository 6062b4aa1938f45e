package io.hicache.codec;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A block of native memory that is used again, and made anew where a longer one is needed: at most
 * twice the longest asked for. Not thread-safe.
 */
final class Scratch implements AutoCloseable {
  private static final long LEAST = 64 << 10;

  /** So that a page of a power of two bytes and its tag do not take twice the room. */
  private static final long SLACK = 64;

  private Arena arena = Arena.ofShared();
  private MemorySegment block = MemorySegment.NULL;

  /** Returns that many bytes, whatever they hold; they are those of the last call. */
  MemorySegment take(long bytes) {
    if (block.byteSize() < bytes) {
      // First, so that a failure to get more leaves nothing that points to what is gone.
      block = MemorySegment.NULL;
      arena.close();
      arena = Arena.ofShared();
      long room = Math.max(LEAST, Long.highestOneBit(bytes - SLACK - 1) << 1);
      block = arena.allocate(room + SLACK, SLACK);
    }
    return block.asSlice(0, bytes);
  }

  /** Bytes it has now. */
  long room() {
    return block.byteSize();
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
