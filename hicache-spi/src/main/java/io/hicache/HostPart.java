package io.hicache;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A run of host memory, owned by the caller.
 *
 * @param segment native memory of 1 to {@value #MAX_BYTES} bytes. Whether every thread may reach it
 *     and whether a target may be written is checked by the call that uses it.
 */
public record HostPart(MemorySegment segment) implements Part {
  /** Most bytes in one part: what a {@link java.nio.ByteBuffer} can span. */
  public static final long MAX_BYTES = Integer.MAX_VALUE;

  /**
   * Checks the segment.
   *
   * @throws IllegalArgumentException if the segment is heap memory, empty, or 2 GiB or more
   */
  public HostPart {
    Objects.requireNonNull(segment, "segment");
    if (!segment.isNative()) {
      throw new IllegalArgumentException(
          "part of %d bytes: must be native memory, but is on the heap"
              .formatted(segment.byteSize()));
    }
    if (segment.byteSize() < 1 || segment.byteSize() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "part of %d bytes: must be 1 to %d bytes".formatted(segment.byteSize(), MAX_BYTES));
    }
  }

  @Override
  public long bytes() {
    return segment.byteSize();
  }
}
