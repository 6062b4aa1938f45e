package io.hicache;

/** What a backend can do beyond moving pages; see {@link Capabilities#features()}. */
public enum Feature {
  /** {@link HiCacheStorage#length} answers; without it the answer is always empty. */
  TELLS_LENGTH,
  /** Pages can be deleted; without it a delete is {@link Outcome#FAILED_REFUSED}. */
  DELETES,
  /** {@link HiCacheStorage#clear} removes this namespace's pages; without it, it does nothing. */
  CLEARS,
  /** {@link HiCacheStorage#warm} does something. */
  WARMS,
  /** {@link DevicePart} is taken. */
  DEVICE_MEMORY,
  /** Registering memory makes calls on it faster. */
  REGISTERS_MEMORY,
  /**
   * Content is checked on read, so that a wrong byte is {@link Outcome#MISMATCH}; without it only
   * the length is. Pages in device memory are checked by length alone in any case.
   */
  CHECKSUMS
}
