package io.hicache;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/**
 * A page: its key and where its bytes lie.
 *
 * <p><b>Bytes.</b> The page is the parts' bytes one after another, in the order given; 1 byte to
 * {@value #MAX_BYTES} bytes in all. <b>Ownership.</b> The caller owns the memory throughout; a page
 * is a view, cheap to make anew for every call.
 *
 * @param key the page's name
 * @param parts where the bytes lie; at least one part
 */
public record Page(PageKey key, List<Part> parts) {
  /** Most bytes in a page: 64 MiB. */
  public static final long MAX_BYTES = 64L << 20;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if there is no part, or more than {@value #MAX_BYTES} bytes
   */
  public Page {
    Objects.requireNonNull(key, "key");
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("page " + key + ": must have at least one part");
    }
    long bytes = sum(parts);
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "page %s of %d bytes or more: must be at most %d bytes".formatted(key, bytes, MAX_BYTES));
    }
  }

  /**
   * Makes a page of one contiguous part.
   *
   * @param key the page's name
   * @param segment all of its bytes
   */
  public static Page of(PageKey key, MemorySegment segment) {
    return new Page(key, List.of(new HostPart(segment)));
  }

  /** Returns the page's length in bytes: the sum of its parts. */
  public long bytes() {
    return sum(parts);
  }

  /**
   * Adds up the parts; what is past the limit counts as just past it, so that nothing overflows.
   */
  private static long sum(List<Part> parts) {
    long bytes = 0;
    for (int i = 0; i < parts.size() && bytes <= MAX_BYTES; i++) {
      bytes += Math.min(parts.get(i).bytes(), MAX_BYTES + 1);
    }
    return bytes;
  }
}
