package io.hicache.spi;

import io.hicache.PoolName;

/**
 * What a backend implements beside {@link io.hicache.HiCacheStorage} if it can tell an object's
 * length as cheaply as its presence: it is told how long a pool's stored pages are, and answers
 * {@code ABSENT} for one of another length.
 */
@FunctionalInterface
public interface PageLengths {

  /**
   * A pool was registered, whose stored pages all have one length.
   *
   * @param pool the pool
   * @param bytes bytes of a page as {@link io.hicache.Page#bytes} counts them
   */
  void expect(PoolName pool, long bytes);
}
