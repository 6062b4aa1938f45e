package io.hicache.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The row of segments that one call reads into or writes: {@code struct iovec} of {@code
 * sys/uio.h}.
 *
 * <p><b>Lifetime.</b> The kernel gets addresses, which keep no memory alive. So a row takes
 * segments of one lifetime only, and the call is given one of them beside the row: while it runs,
 * whoever closes their arena gets the {@link IllegalStateException} that any other use would give.
 * <b>Threads.</b> Not thread-safe.
 */
public final class IoVectors {
  /** Most segments in one call: {@code IOV_MAX} of {@code limits.h}. */
  public static final int MOST = 1024;

  private static final long VECTOR_BYTES = 16; // struct iovec: void *iov_base; size_t iov_len

  private final MemorySegment row;
  private @Nullable MemorySegment kept;
  private int first;
  private int end;
  private long bytes;

  IoVectors(Arena arena) {
    row = arena.allocate(MOST * VECTOR_BYTES, Long.BYTES);
  }

  /** Empties the row. */
  public void clear() {
    kept = null;
    first = 0;
    end = 0;
    bytes = 0;
  }

  /**
   * Adds a run of a segment, if there is room for it and the row's other segments live as long.
   *
   * @param segment native memory
   * @param offset where in it the run begins
   * @param length how many bytes, at least 1
   * @return whether it was added
   */
  public boolean add(MemorySegment segment, long offset, long length) {
    if (end == MOST || (kept != null && !kept.scope().equals(segment.scope()))) {
      return false;
    }
    kept = segment;
    put(segment, offset, length);
    return true;
  }

  /**
   * Adds memory that the caller itself keeps from being freed until the call has returned, if there
   * is room.
   *
   * @param segment native memory
   * @param length how many bytes of it
   * @return whether it was added
   */
  public boolean addOwned(MemorySegment segment, long length) {
    if (end == MOST) {
      return false;
    }
    put(segment, 0, length);
    return true;
  }

  /** Returns how many bytes the row has still to move. */
  public long bytes() {
    return bytes;
  }

  private void put(MemorySegment segment, long offset, long length) {
    Objects.checkFromIndexSize(offset, length, segment.byteSize());
    if (!segment.isNative()) {
      throw new IllegalArgumentException("segment " + segment + ": must be native memory");
    }
    row.set(ValueLayout.JAVA_LONG, end * VECTOR_BYTES, segment.address() + offset);
    row.set(ValueLayout.JAVA_LONG, end * VECTOR_BYTES + Long.BYTES, length);
    end++;
    bytes += length;
  }

  /** Leaves out what has moved. */
  void advance(long moved) {
    bytes -= moved;
    long rest = moved;
    while (first < end) {
      long at = first * VECTOR_BYTES;
      long length = row.get(ValueLayout.JAVA_LONG, at + Long.BYTES);
      if (rest < length) {
        row.set(ValueLayout.JAVA_LONG, at, row.get(ValueLayout.JAVA_LONG, at) + rest);
        row.set(ValueLayout.JAVA_LONG, at + Long.BYTES, length - rest);
        return;
      }
      rest -= length;
      first++;
    }
  }

  /** Returns the rest of the row. */
  MemorySegment rest() {
    return first == 0 ? row : row.asSlice(first * VECTOR_BYTES);
  }

  /** Returns how many segments the rest has. */
  int count() {
    return end - first;
  }

  /** Returns what is to be given to the call so that the segments outlive it. */
  MemorySegment kept() {
    return kept == null ? row : kept;
  }
}
