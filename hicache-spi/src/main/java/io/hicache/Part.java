package io.hicache;

import java.lang.foreign.MemorySegment;

/**
 * One contiguous run of a page's bytes, in host or in device memory. A page has one part where its
 * memory is contiguous and more where a pool's layout scatters it.
 */
public sealed interface Part permits HostPart, DevicePart {

  /** Returns the part's length in bytes; at least 1. */
  long bytes();

  /**
   * Wraps host memory.
   *
   * @param segment native memory that every thread may reach
   */
  static HostPart of(MemorySegment segment) {
    return new HostPart(segment);
  }
}
