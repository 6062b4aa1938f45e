package io.hicache.spi;

import java.lang.foreign.MemorySegment;

/**
 * A source of host memory that the JDK does not have, found as a service by its name. Thread-safe;
 * made without touching the system, so that a missing library or permission shows in {@link
 * #allocate} alone.
 */
public interface HostMemoryAllocator {
  /** The name of the allocator of huge pages, which the artifact {@code hicache-ffm} provides. */
  String HUGE_PAGES = "huge-pages";

  /** Returns the name by which a pool asks for it. */
  String name();

  /**
   * Allocates memory, zeroed and aligned to the allocator's page size.
   *
   * @param bytes how many; at least 1
   * @throws IllegalArgumentException if this machine cannot give it, saying what would help
   */
  Memory allocate(long bytes);

  /** Memory of an allocator's. */
  interface Memory extends AutoCloseable {

    /** Returns the memory, of at least the bytes asked for, which every thread may reach. */
    MemorySegment segment();

    /** Gives the memory back; closing twice does nothing. Nothing may use it any more. */
    @Override
    void close();
  }
}
