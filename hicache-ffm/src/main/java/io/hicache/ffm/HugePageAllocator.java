package io.hicache.ffm;

import io.hicache.spi.HostMemoryAllocator;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Memory in the system's huge pages (Linux, {@code MAP_HUGETLB}): one entry of the address tables
 * for 2 MiB instead of 4 KiB, never swapped out. The system gives none unless an administrator has
 * reserved them ({@code vm.nr_hugepages}); what is missing is said, and ordinary pages are never
 * given in their place.
 *
 * <p><b>Bytes.</b> Zeroed; as many as fit the huge pages needed, from a multiple of their size on.
 * <b>Ownership.</b> The pages are taken when the memory is made and given back when it is closed;
 * they do not count against {@code -XX:MaxDirectMemorySize}. <b>Threads.</b> Thread-safe.
 * <b>Failure.</b> {@link IllegalArgumentException} naming the bytes, what is missing and what would
 * help.
 */
public final class HugePageAllocator implements HostMemoryAllocator {
  private final Supplier<Optional<HugePages>> system;

  /** For the loader; touches nothing. */
  public HugePageAllocator() {
    this(HugePages::now);
  }

  /** Takes another's word for which huge pages there are. */
  HugePageAllocator(Supplier<Optional<HugePages>> system) {
    this.system = system;
  }

  @Override
  public String name() {
    return HUGE_PAGES;
  }

  @Override
  public Memory allocate(long bytes) {
    if (bytes < 1) {
      throw refused(bytes, "must be at least 1", null);
    }
    if (!NativeAccess.granted()) {
      throw refused(bytes, "needs native access: start java with " + NativeAccess.flag(), null);
    }
    HugePages before =
        system
            .get()
            .orElseThrow(() ->
                refused(
                    bytes,
                    "this system has no huge pages: no Hugepagesize in /proc/meminfo",
                    null));
    long pages = before.holding(bytes);
    if (pages > Long.MAX_VALUE / before.pageBytes()) {
      throw refused(bytes, before.missing(bytes), null);
    }
    try {
      return MappedMemory.map(
          new MemoryCalls(NativeLibrary.libc()),
          pages * before.pageBytes(),
          MappedMemory.MAP_HUGETLB);
    } catch (NativeIOException e) {
      String missing = system.get().orElse(before).missing(bytes);
      throw refused(bytes, missing + " (" + e.getMessage() + ")", e);
    }
  }

  private static IllegalArgumentException refused(
      long bytes, String why, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "allocator %s, %d bytes: %s".formatted(HUGE_PAGES, bytes, why), cause);
  }
}
