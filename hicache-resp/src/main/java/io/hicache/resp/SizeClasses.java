package io.hicache.resp;

import io.hicache.spi.Units;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a value takes of a server's memory: jemalloc, the allocator of Redis and Valkey on Linux,
 * gives four sizes per doubling, so that a page of 2^n bytes takes a quarter more than it has. Says
 * so once. Thread-safe.
 *
 * <p>Source: jemalloc's size classes; the header of a string of 64 KiB and more, 9 bytes and a
 * terminating zero ({@code sdshdr32} of {@code sds.h} of either server).
 */
final class SizeClasses {
  private static final System.Logger LOG = System.getLogger("io.hicache.resp");

  /** Bytes of a string beside its own: header and terminator. */
  private static final int STRING_BYTES = 10;

  /** Smaller values are kept otherwise. */
  private static final long LEAST = 32 << 10;

  /** Classes per doubling, as a power of two. */
  private static final int CLASSES_SHIFT = 2;

  /** Part of the page beyond which it is told: an eighth. */
  private static final int TOLD_PART = 8;

  private final String backend;
  private final int recordBytes;
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * Makes them.
   *
   * @param recordBytes how many bytes of a value are not the page's
   */
  SizeClasses(String backend, int recordBytes) {
    this.backend = backend;
    this.recordBytes = recordBytes;
  }

  /** Looks at a page that is to be stored. */
  void look(long pageBytes) {
    if (pageBytes >= LEAST
        && taken(pageBytes) - pageBytes > pageBytes / TOLD_PART
        && told.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "{0}: a page of {1} takes {2} of the server''s memory. Pages of up to {3} B take {4}, and"
              + " of up to {5} B {2}: choose tokens per page so that a page comes close below",
          backend,
          Units.ofBytes(pageBytes),
          Units.ofBytes(taken(pageBytes)),
          Long.toString(fitting(below(pageBytes))),
          Units.ofBytes(below(pageBytes)),
          Long.toString(fitting(taken(pageBytes))));
    }
  }

  /** Returns what a page's value takes, a few dozen bytes of the key apart. */
  long taken(long pageBytes) {
    long bytes = pageBytes + recordBytes + STRING_BYTES;
    long step = step(bytes);
    return Math.ceilDiv(bytes, step) * step;
  }

  /** Returns the largest page that fits a class. */
  long fitting(long taken) {
    return taken - recordBytes - STRING_BYTES;
  }

  /** Returns the class before the one that a page takes. */
  private long below(long pageBytes) {
    long taken = taken(pageBytes);
    return taken - step(taken);
  }

  /** Returns how far the classes are apart at some size. */
  private static long step(long bytes) {
    return Long.highestOneBit(bytes - 1) >> CLASSES_SHIFT;
  }
}
