package io.hicache.bench.pools;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.Capabilities;
import io.hicache.DeadlineMode;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Region;
import io.hicache.Registration;
import io.hicache.StorageStats;
import io.hicache.StoreReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A backend that says at once that it has every page, and does nothing else. */
final class InstantStore implements HiCacheStorage {
  @Override
  public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
    return BatchResult.all(keys.size(), Outcome.DONE);
  }

  @Override
  public BatchResult batchGet(List<Page> targets, CallOptions options) {
    throw onlyPresence();
  }

  @Override
  public BatchResult batchSet(List<Page> sources, CallOptions options) {
    throw onlyPresence();
  }

  @Override
  public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
    throw onlyPresence();
  }

  @Override
  public OptionalLong length(PageKey key, CallOptions options) {
    throw onlyPresence();
  }

  @Override
  public Registration register(Region region) {
    throw onlyPresence();
  }

  @Override
  public void clear() {
    throw onlyPresence();
  }

  @Override
  public StoreReport inspect() {
    throw onlyPresence();
  }

  @Override
  public StorageStats stats() {
    return new StorageStats(Map.of(), 0, 0);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(DeadlineMode.NONE, Set.of(), Set.of(), Optional.empty());
  }

  @Override
  public void close() {}

  private static UnsupportedOperationException onlyPresence() {
    return new UnsupportedOperationException("this store answers presence alone");
  }
}
