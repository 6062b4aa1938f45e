package io.hicache.ffm;

import io.hicache.spi.HostMemoryAllocator;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Zeroed memory of a mapping of its own, all of it backed when it is made: a page that cannot be
 * had later would end the process with a signal.
 */
final class MappedMemory implements HostMemoryAllocator.Memory {
  // asm-generic/mman-common.h; the same on x86-64 and arm64.
  private static final int PROT_READ_WRITE = 1 | 2;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x02 | 0x20;
  private static final int MADV_POPULATE_WRITE = 23; // since Linux 5.14; EINVAL before

  /** Asks {@code mmap} for pages of the default huge size. */
  static final int MAP_HUGETLB = 0x40000;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment segment;
  private final AtomicBoolean closed = new AtomicBoolean();

  private MappedMemory(MemoryCalls calls, long address, long bytes) {
    this.segment = owned(calls, address, bytes, arena);
  }

  /**
   * Maps memory.
   *
   * @param calls the C library's
   * @param bytes how many; a multiple of the size of the pages asked for
   * @param flags of {@code mmap}, beside those of private anonymous memory
   * @throws NativeIOException if the system refuses
   */
  static MappedMemory map(MemoryCalls calls, long bytes, int flags) throws NativeIOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Errno.state(arena);
      long address =
          calls.mmap(state, 0, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS | flags, -1, 0);
      if (address == -1) {
        throw new NativeIOException("mmap", Errno.of(state));
      }
      if (calls.madvise(state, address, bytes, MADV_POPULATE_WRITE) != 0
          && Errno.of(state) != Errno.EINVAL) {
        int errno = Errno.of(state);
        calls.munmap(state, address, bytes);
        throw new NativeIOException("madvise", errno);
      }
      return new MappedMemory(calls, address, bytes);
    }
  }

  @Override
  public MemorySegment segment() {
    return segment;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if a call is in the memory just now; it stays then, to be closed
   *     again
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      arena.close();
    } catch (IllegalStateException e) {
      closed.set(false);
      throw e;
    }
  }

  @SuppressWarnings("restricted") // here, so that users grant native access to this module alone
  private static MemorySegment owned(MemoryCalls calls, long address, long bytes, Arena arena) {
    return MemorySegment.ofAddress(address)
        .reinterpret(bytes, arena, memory -> unmap(calls, memory.address(), bytes));
  }

  private static void unmap(MemoryCalls calls, long address, long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      // Of a whole mapping, by its owner: there is nothing that could fail, and nobody to tell.
      int _ = calls.munmap(Errno.state(arena), address, bytes);
    }
  }
}
