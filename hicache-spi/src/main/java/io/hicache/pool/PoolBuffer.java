package io.hicache.pool;

import java.util.Objects;

/**
 * One contiguous array of a pool.
 *
 * @param name SGLang's name for it, as in {@code kv_buffer}
 * @param bytes its length; at least 1
 */
public record PoolBuffer(String name, long bytes) {
  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if the buffer is empty
   */
  public PoolBuffer {
    Objects.requireNonNull(name, "name");
    Counts.positive("bytes of " + name, bytes);
  }
}
