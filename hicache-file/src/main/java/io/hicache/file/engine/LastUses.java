package io.hicache.file.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which pages were used in the last minute, so that a file's time is written at most once in it. A
 * table of fixed size: a page may push another out, whose time is then written early. Thread-safe.
 */
final class LastUses {
  private static final int SLOTS = 1 << 16;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  /** Name checksum in the upper half, minute in the lower. */
  private final AtomicLongArray table = new AtomicLongArray(SLOTS);

  private final long start = System.nanoTime();

  /** Tells whether a page's use is the first in a minute, and remembers it. */
  boolean isNew(PageName name) {
    long minute = 1 + (System.nanoTime() - start) / MINUTE;
    long entry = ((long) name.checksum() << Integer.SIZE) | minute;
    int slot = name.checksum() & (SLOTS - 1);
    return table.getAndSet(slot, entry) != entry;
  }
}
