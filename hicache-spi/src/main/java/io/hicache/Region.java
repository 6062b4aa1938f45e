package io.hicache;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A stretch of memory that later pages will be slices of, as {@link HiCacheStorage#register} takes.
 */
public sealed interface Region permits Region.Host, Region.Device {

  /** Returns the address of the first byte. */
  long address();

  /** Returns the length in bytes; at least 1. */
  long bytes();

  /**
   * Wraps host memory, of any size.
   *
   * @param memory native memory that every thread may reach
   */
  static Region of(MemorySegment memory) {
    return new Host(memory);
  }

  /**
   * Host memory.
   *
   * @param memory native memory that every thread may reach; at least 1 byte
   */
  record Host(MemorySegment memory) implements Region {
    /**
     * Checks the memory.
     *
     * @throws IllegalArgumentException if it is on the heap or empty
     */
    public Host {
      Objects.requireNonNull(memory, "memory");
      if (!memory.isNative()) {
        throw new IllegalArgumentException(
            "region of %d bytes: must be native memory, but is on the heap"
                .formatted(memory.byteSize()));
      }
      if (memory.byteSize() == 0) {
        throw new IllegalArgumentException("region of 0 bytes: must be at least 1 byte");
      }
    }

    @Override
    public long address() {
      return memory.address();
    }

    @Override
    public long bytes() {
      return memory.byteSize();
    }
  }

  /**
   * Device memory; the numbers mean what they mean in {@link DevicePart}.
   *
   * @param ordinal the device's number
   * @param address the device address of the first byte
   * @param bytes the length in bytes
   */
  record Device(int ordinal, long address, long bytes) implements Region {
    /**
     * Checks the numbers as {@link DevicePart} does.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Device {
      DevicePart.check(ordinal, address, bytes);
    }
  }
}
