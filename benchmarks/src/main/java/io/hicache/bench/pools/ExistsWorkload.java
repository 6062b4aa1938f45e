package io.hicache.bench.pools;

import io.hicache.HiCacheStorage;
import io.hicache.HitPolicy;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.PoolTransfer;
import io.hicache.PrefixHits;
import io.hicache.StorageConfig;
import io.hicache.bench.Entrant;
import io.hicache.hash.PageHasher;
import io.hicache.pool.HostPool;
import io.hicache.pool.MhaShape;
import io.hicache.pool.PoolSlots;
import io.hicache.spi.GuardedStorage;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A store that has every page and answers at once, so that what is measured is not its own; and
 * four pools of a hybrid model.
 */
final class ExistsWorkload implements Closeable {
  /** Pages of the prompt. */
  static final int PAGES = 4_096;

  private static final int WINDOW = 64;
  private static final List<PoolName> POOLS =
      Stream.of("kv", "indexer", "swa", "mamba").map(PoolName::new).toList();

  private final HiCacheStorage store =
      GuardedStorage.over("instant", new InstantStore(), StorageConfig.of("benchmark", "fp8", 1));
  private final List<HostPool> pools = new ArrayList<>();
  private final List<PageKey> keys = PageHasher.of(1).keys(new int[PAGES]);

  ExistsWorkload() {
    for (PoolName name : POOLS) {
      HostPool pool =
          HostPool.allocate(
              name, new MhaShape(PageLayout.PAGE_FIRST, new PoolSlots(1, 1), 1, 1, 128, 1));
      pools.add(pool);
      store.registerHostPool(pool);
    }
  }

  /** Asks each pool for itself, keys ready. */
  Entrant presence() {
    List<List<PageKey>> asked =
        POOLS.stream().map(pool -> keys.stream().map(key -> key.in(pool)).toList()).toList();
    return new ExistsEntrant(() -> {
      int least = PAGES;
      for (List<PageKey> pool : asked) {
        least = Math.min(least, store.batchPresent(pool).leadingDone());
      }
      return least;
    });
  }

  /** Asks for prefixes, as an engine does. */
  Entrant prefixes() {
    return new ExistsEntrant(() -> {
      PrefixHits hits =
          store.batchExistsV2(
              keys,
              List.of(
                  PoolTransfer.asking(POOLS.get(1), HitPolicy.ALL_PAGES, 0),
                  PoolTransfer.asking(POOLS.get(2), HitPolicy.TRAILING_PAGES, WINDOW),
                  PoolTransfer.asking(POOLS.get(3), HitPolicy.TRAILING_PAGES, 1)));
      return hits.restorable().size() == PAGES ? hits.best() : 0;
    });
  }

  @Override
  public void close() {
    store.close();
    pools.forEach(HostPool::close);
  }
}
