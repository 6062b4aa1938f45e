package io.hicache;

import io.hicache.pool.HostPool;
import java.util.List;
import java.util.Map;

/**
 * What a store does for an engine that names pages by slots of its host pools: by slot (v1), and
 * over several pools at once (v2), as SGLang's {@code batch_get_v1} and {@code batch_exists_v2} and
 * their like do.
 *
 * <p>A pool is registered first; its memory then stays where it is until the store is closed. Pages
 * are stored in the option {@code stored-layout}, by default the configuration's: where a pool's
 * layout is another, or servers of several tensor-parallel sizes share pages by head groups, they
 * are transcoded through buffers of the library's. The rest is as {@link HiCacheStorage} says.
 *
 * <p>Only a storage opened by {@link HiCacheStorages} has these forms: they are derived from the
 * primitives, and no backend sees a slot.
 */
public interface HostPoolStorage {

  /**
   * Makes a pool known, once.
   *
   * @param pool the pool; stays the caller's, which keeps it open until the store is closed
   * @throws IllegalArgumentException if a pool of that name is registered, or this one's pages
   *     cannot be stored: the message says why
   * @throws HiCacheException if the store could not register its memory
   */
  default void registerHostPool(HostPool pool) {
    throw onlyGuarded("registerHostPool");
  }

  /**
   * Reads pages of the {@link PoolName#KV} pool.
   *
   * @param hashes one key per page; the call sets their pool
   * @param slots each page's first slot; no slot twice
   * @param options what the call asks for beyond that
   * @return one outcome per page, as {@link HiCacheStorage#batchGet(List, CallOptions)} answers
   * @throws IllegalArgumentException if the pool is not registered, there are not as many slots as
   *     hashes, or a slot is not the first of a page
   */
  default BatchResult batchGetV1(List<PageKey> hashes, long[] slots, CallOptions options) {
    throw onlyGuarded("batchGetV1");
  }

  /**
   * Writes pages of the {@link PoolName#KV} pool. Where every tensor-parallel rank holds the same
   * bytes (MLA), ranks other than 0 write nothing and answer {@link Outcome#KEPT}.
   *
   * @param hashes one key per page, none twice; the call sets their pool
   * @param slots each page's first slot
   * @param options what the call asks for beyond that
   * @return one outcome per page, as {@link HiCacheStorage#batchSet(List, CallOptions)} answers
   * @throws IllegalArgumentException as {@link #batchGetV1(List, long[], CallOptions)}
   */
  default BatchResult batchSetV1(List<PageKey> hashes, long[] slots, CallOptions options) {
    throw onlyGuarded("batchSetV1");
  }

  /**
   * Tells how much of a prompt can be restored from several pools together.
   *
   * @param hashes the prompt's keys in the order of their chain, from the root
   * @param transfers the pools asked beside {@link PoolName#KV}, each once; keys and slots may be
   *     placeholders
   * @param options what the call asks for beyond that
   * @throws IllegalArgumentException if a pool is not registered or named twice
   */
  default PrefixHits batchExistsV2(
      List<PageKey> hashes, List<PoolTransfer> transfers, CallOptions options) {
    throw onlyGuarded("batchExistsV2");
  }

  /**
   * Reads pages of several pools.
   *
   * @param transfers keys and slots, one transfer per pool
   * @param options what the call asks for beyond that
   * @return for each pool one outcome per page, in the transfers' order
   * @throws IllegalArgumentException if a pool is not registered or named twice, or a slot is not
   *     the first of a page of its pool
   */
  default Map<PoolName, BatchResult> batchGetV2(List<PoolTransfer> transfers, CallOptions options) {
    throw onlyGuarded("batchGetV2");
  }

  /**
   * Writes pages of several pools, {@link PoolName#KV} last: a page there whose side pages were not
   * all stored is {@link Outcome#SKIPPED}, so that its presence implies theirs. Where every
   * tensor-parallel rank holds the same bytes of a pool, ranks other than 0 answer {@link
   * Outcome#KEPT} without writing it.
   *
   * @param transfers keys and slots, one transfer per pool
   * @param options what the call asks for beyond that
   * @return for each pool one outcome per page, in the transfers' order
   * @throws IllegalArgumentException as {@link #batchGetV2(List, CallOptions)}, or if a transfer
   *     has a key twice
   */
  default Map<PoolName, BatchResult> batchSetV2(List<PoolTransfer> transfers, CallOptions options) {
    throw onlyGuarded("batchSetV2");
  }

  /**
   * {@link #batchGetV1(List, long[], CallOptions)} with {@link CallOptions#DEFAULT}.
   *
   * @param hashes one key per page
   * @param slots each page's first slot
   */
  default BatchResult batchGetV1(List<PageKey> hashes, long[] slots) {
    return batchGetV1(hashes, slots, CallOptions.DEFAULT);
  }

  /**
   * {@link #batchSetV1(List, long[], CallOptions)} with {@link CallOptions#DEFAULT}.
   *
   * @param hashes one key per page
   * @param slots each page's first slot
   */
  default BatchResult batchSetV1(List<PageKey> hashes, long[] slots) {
    return batchSetV1(hashes, slots, CallOptions.DEFAULT);
  }

  /**
   * {@link #batchExistsV2(List, List, CallOptions)} with {@link CallOptions#DEFAULT}.
   *
   * @param hashes the prompt's keys in the order of their chain
   * @param transfers the pools asked beside {@link PoolName#KV}
   */
  default PrefixHits batchExistsV2(List<PageKey> hashes, List<PoolTransfer> transfers) {
    return batchExistsV2(hashes, transfers, CallOptions.DEFAULT);
  }

  /**
   * {@link #batchGetV2(List, CallOptions)} with {@link CallOptions#DEFAULT}.
   *
   * @param transfers keys and slots, one transfer per pool
   */
  default Map<PoolName, BatchResult> batchGetV2(List<PoolTransfer> transfers) {
    return batchGetV2(transfers, CallOptions.DEFAULT);
  }

  /**
   * {@link #batchSetV2(List, CallOptions)} with {@link CallOptions#DEFAULT}.
   *
   * @param transfers keys and slots, one transfer per pool
   */
  default Map<PoolName, BatchResult> batchSetV2(List<PoolTransfer> transfers) {
    return batchSetV2(transfers, CallOptions.DEFAULT);
  }

  private static IllegalStateException onlyGuarded(String form) {
    return new IllegalStateException(
        form + ": only a storage opened by HiCacheStorages has host pools");
  }
}
