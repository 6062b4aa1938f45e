package io.hicache.spi;

import io.hicache.PoolName;
import java.util.Set;

/**
 * Which pools hold other bytes on every tensor-parallel rank although the model's keys and values
 * do not (MLA), or although they are shared by head groups: those are named by rank and written by
 * every rank.
 *
 * <p>A name that is not known to be alike on every rank is taken to differ: that costs space, while
 * the other mistake would serve one rank's bytes to another. Names: SGLang 0.5.23, {@code
 * mem_cache/pool_transfer.py}.
 */
public final class PoolRanks {
  private static final Set<String> ALIKE = Set.of("kv", "indexer", "draft_indexer");
  private static final String ALIKE_PREFIX = "deepseek_v4_";
  private static final Set<String> WITHOUT_HEADS = Set.of("mamba");

  private PoolRanks() {}

  /**
   * Tells whether a pool is named and written by rank.
   *
   * @param pool the pool
   * @param mla whether the model's keys and values are alike on every rank
   */
  public static boolean perRank(PoolName pool, boolean mla) {
    String name = pool.value();
    return mla
        ? !ALIKE.contains(name) && !name.startsWith(ALIKE_PREFIX)
        : WITHOUT_HEADS.contains(name);
  }
}
