package io.hicache.spi;

import io.hicache.HiCacheStorage;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import io.hicache.pool.HostPool;

/**
 * How the pages of a configuration's pools are stored: in which layout, in how many head groups,
 * and by which rank.
 *
 * @param storedLayout the order of a stored page's bytes
 * @param mla whether keys and values are alike on every tensor-parallel rank
 * @param ranks which rank this is
 */
record PoolPlan(PageLayout storedLayout, boolean mla, RankCoordinates ranks) {

  /** Reads the plan out of a configuration, for a backend that may not name head groups. */
  static PoolPlan of(String name, HiCacheStorage backend, StorageConfig config) {
    boolean whole = backend instanceof HeadGroups groups && !groups.named();
    return new PoolPlan(
        CommonOptions.storedLayout(name, config),
        config.model().mla(),
        whole ? config.ranks().withoutTpLcm() : config.ranks());
  }

  /**
   * Checks that a pool's bytes are what its name says of ranks.
   *
   * @throws IllegalArgumentException if ranks would take one another's bytes for their own
   */
  void check(HostPool pool) {
    boolean oneForAll = mla && ranks.tpSize() > 1 && !PoolRanks.perRank(pool.name(), true);
    if (oneForAll && !pool.shape().replicated()) {
      throw new IllegalArgumentException(
          "pool %s of shape %s: must hold the same bytes on each of the %d tensor-parallel ranks, because under MLA its pages have one name for all; register it under a name of its own"
              .formatted(pool.name(), pool.shape(), ranks.tpSize()));
    }
  }

  /** Returns how many head groups a page of a pool is stored as. */
  int groups(PoolName pool) {
    boolean shared = !mla && ranks.tpLcmSize().isPresent() && !PoolRanks.perRank(pool, false);
    return shared ? ranks.tpLcmSize().getAsInt() / ranks.tpSize() : 1;
  }

  /** Tells whether rank 0 writes a pool's pages for this rank. */
  boolean writtenByAnother(PoolName pool) {
    return mla && ranks.tpRank() != 0 && !PoolRanks.perRank(pool, true);
  }
}
