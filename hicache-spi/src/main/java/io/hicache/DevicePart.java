package io.hicache;

/**
 * A run of device memory, owned by the caller, which must keep it alive and in place during the
 * call. Taken only by backends with {@link Feature#DEVICE_MEMORY}.
 *
 * @param ordinal the device's number as its driver counts, from 0
 * @param address the device address of the first byte; not 0
 * @param bytes the length in bytes; at least 1
 */
public record DevicePart(int ordinal, long address, long bytes) implements Part {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of the ranges above, or the run would wrap
   *     around the address space
   */
  public DevicePart {
    check(ordinal, address, bytes);
  }

  /** Checks what a part and a region of device memory have in common. */
  static void check(int ordinal, long address, long bytes) {
    if (ordinal < 0) {
      throw new IllegalArgumentException("device ordinal " + ordinal + ": must be 0 or more");
    }
    if (address == 0) {
      throw new IllegalArgumentException("device address 0: must not be the null address");
    }
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "device memory of " + bytes + " bytes: must be at least 1 byte");
    }
    if (Long.compareUnsigned(address, address + bytes) > 0) {
      throw new IllegalArgumentException(
          "device memory of %d bytes at 0x%x: must not wrap around the address space"
              .formatted(bytes, address));
    }
  }
}
