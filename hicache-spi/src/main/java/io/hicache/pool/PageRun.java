package io.hicache.pool;

/**
 * One contiguous run of every page of a pool: page i has it at {@code offset + i × pageStride}.
 *
 * @param buffer which of the shape's buffers it lies in
 * @param offset where page 0 has it, in bytes from the buffer's start
 * @param pageStride bytes from one page's run to the next page's
 * @param bytes its length
 */
public record PageRun(int buffer, long offset, long pageStride, long bytes) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public PageRun {
    if (buffer < 0 || offset < 0 || pageStride < 0) {
      throw new IllegalArgumentException(
          "run of buffer %d at %d, stride %d: must not be negative"
              .formatted(buffer, offset, pageStride));
    }
    Counts.positive("bytes of a run", bytes);
  }

  /** Tells whether another run follows this one without a gap, in every page. */
  boolean runsInto(PageRun next) {
    return buffer == next.buffer && pageStride == next.pageStride && offset + bytes == next.offset;
  }

  /** Returns this run and the one that it {@linkplain #runsInto runs into} as one. */
  PageRun with(PageRun next) {
    return new PageRun(buffer, offset, pageStride, bytes + next.bytes);
  }
}
