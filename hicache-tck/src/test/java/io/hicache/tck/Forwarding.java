package io.hicache.tck;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.Capabilities;
import io.hicache.HiCacheStorage;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.PoolTransfer;
import io.hicache.PrefixHits;
import io.hicache.Region;
import io.hicache.Registration;
import io.hicache.StorageStats;
import io.hicache.StoreReport;
import io.hicache.pool.HostPool;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Does what the right storage does; a fault overrides what it gets wrong. */
class Forwarding implements HiCacheStorage {
  private final HiCacheStorage right;

  Forwarding(HiCacheStorage right) {
    this.right = right;
  }

  @Override
  public BatchResult batchGet(List<Page> targets, CallOptions options) {
    return right.batchGet(targets, options);
  }

  @Override
  public BatchResult batchSet(List<Page> sources, CallOptions options) {
    return right.batchSet(sources, options);
  }

  @Override
  public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
    return right.batchPresent(keys, options);
  }

  @Override
  public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
    return right.batchDelete(keys, options);
  }

  @Override
  public BatchResult warm(List<PageKey> keys, CallOptions options) {
    return right.warm(keys, options);
  }

  @Override
  public OptionalLong length(PageKey key, CallOptions options) {
    return right.length(key, options);
  }

  @Override
  public Registration register(Region region) {
    return right.register(region);
  }

  @Override
  public void registerHostPool(HostPool pool) {
    right.registerHostPool(pool);
  }

  @Override
  public BatchResult batchGetV1(List<PageKey> hashes, long[] slots, CallOptions options) {
    return right.batchGetV1(hashes, slots, options);
  }

  @Override
  public BatchResult batchSetV1(List<PageKey> hashes, long[] slots, CallOptions options) {
    return right.batchSetV1(hashes, slots, options);
  }

  @Override
  public PrefixHits batchExistsV2(
      List<PageKey> hashes, List<PoolTransfer> transfers, CallOptions options) {
    return right.batchExistsV2(hashes, transfers, options);
  }

  @Override
  public Map<PoolName, BatchResult> batchGetV2(List<PoolTransfer> transfers, CallOptions options) {
    return right.batchGetV2(transfers, options);
  }

  @Override
  public Map<PoolName, BatchResult> batchSetV2(List<PoolTransfer> transfers, CallOptions options) {
    return right.batchSetV2(transfers, options);
  }

  @Override
  public void clear() {
    right.clear();
  }

  @Override
  public StoreReport inspect() {
    return right.inspect();
  }

  @Override
  public StorageStats stats() {
    return right.stats();
  }

  @Override
  public Capabilities capabilities() {
    return right.capabilities();
  }

  @Override
  public void close() {
    right.close();
  }
}
