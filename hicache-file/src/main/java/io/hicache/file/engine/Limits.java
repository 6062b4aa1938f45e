package io.hicache.file.engine;

/**
 * How much a store may take.
 *
 * @param maxBytes most bytes of all page files of the store's directory
 * @param minFreeBytes least bytes that are to stay free on its file system
 */
public record Limits(long maxBytes, long minFreeBytes) {
  /** Above this share of the most bytes, pages are evicted in the background. */
  private static final double HIGH = 0.95;

  /** Down to this share. */
  private static final double LOW = 0.90;

  /** Returns above how many bytes eviction begins by itself. */
  long high() {
    return share(HIGH);
  }

  /** Returns how many bytes an eviction leaves. */
  long low() {
    return share(LOW);
  }

  private long share(double share) {
    return maxBytes == Long.MAX_VALUE ? maxBytes : (long) (maxBytes * share);
  }
}
