package io.hicache.bench.pools;

import io.hicache.PageKey;
import java.util.List;

/** A way to take a batch of a pool's pages to a store and back. */
interface Trip extends AutoCloseable {

  /**
   * Writes pages that follow one another.
   *
   * @return how many were written
   */
  int set(List<PageKey> keys, int first);

  /**
   * Reads into pages that follow one another.
   *
   * @return how many were read
   */
  int get(List<PageKey> keys, int first);

  @Override
  void close();
}
