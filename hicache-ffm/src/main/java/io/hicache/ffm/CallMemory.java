package io.hicache.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Native memory for one thread's calls after another, so that a call costs no allocation: the error
 * number, two paths, and the row of a vectored call.
 *
 * <p><b>Ownership.</b> About 25 KiB, freed when nothing refers to this any more. <b>Threads.</b>
 * Not thread-safe; one thread at a time.
 */
public final class CallMemory {
  /** Longest path, its zero included: {@code PATH_MAX} of {@code limits.h}. */
  private static final int PATH_BYTES = 4096;

  private static final int STATUS_BYTES = 256; // struct statx
  private final MemorySegment state;
  private final MemorySegment path;
  private final MemorySegment otherPath;
  private final MemorySegment status;
  private final IoVectors vectors;

  /** Makes the memory. */
  public CallMemory() {
    Arena arena = Arena.ofAuto();
    state = Errno.state(arena);
    path = arena.allocate(PATH_BYTES, Long.BYTES);
    otherPath = arena.allocate(PATH_BYTES, Long.BYTES);
    status = arena.allocate(STATUS_BYTES, Long.BYTES);
    vectors = new IoVectors(arena);
  }

  /** Returns the row of the next vectored call. */
  public IoVectors vectors() {
    return vectors;
  }

  MemorySegment state() {
    return state;
  }

  MemorySegment status() {
    return status;
  }

  MemorySegment path(NativePath of) throws NativeIOException {
    return of.write(path);
  }

  /** Returns the second path's memory, to be written. */
  MemorySegment otherPath() {
    return otherPath;
  }

  MemorySegment otherPath(NativePath of) throws NativeIOException {
    return of.write(otherPath);
  }
}
