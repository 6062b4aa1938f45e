package io.hicache.file.engine;

import io.hicache.HiCacheException;

/** The room that a store may take on its disk. Thread-safe. */
interface Room extends AutoCloseable {
  /** All there is: nothing is counted and nothing evicted. */
  Room ANY =
      new Room() {
        @Override
        public boolean counts() {
          return false;
        }

        @Override
        public void reserve(long bytes) {}

        @Override
        public void wrote(long bytes) {}

        @Override
        public void cancel(long bytes) {}

        @Override
        public void removed(long bytes) {}

        @Override
        public boolean evict(long bytes) {
          return false;
        }

        @Override
        public void used(PageName name) {}

        @Override
        public void close() {}
      };

  /** Tells whether lengths matter to it. */
  boolean counts();

  /**
   * Takes room for a file that is about to be written, and evicts others for it.
   *
   * @throws HiCacheException {@link io.hicache.FaultKind#REFUSED} if the store may never hold so
   *     much, or nothing is left to be evicted
   */
  void reserve(long bytes);

  /** Tells that a file that room was taken for is written. */
  void wrote(long bytes);

  /** Gives the room of a file back that was not written after all. */
  void cancel(long bytes);

  /** Gives the room of a file back that was removed or replaced. */
  void removed(long bytes);

  /** Evicts for a write that found the disk full; returns whether it is worth another try. */
  boolean evict(long bytes);

  /** Notes that a page was asked for, and so is not to be evicted soon. */
  void used(PageName name);

  @Override
  void close();
}
