package io.hicache.spi.found;

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

/** A store that has nothing and takes nothing. */
final class EmptyStorage implements HiCacheStorage {
  private final String namespace;

  EmptyStorage(String namespace) {
    this.namespace = namespace;
  }

  @Override
  public BatchResult batchGet(List<Page> targets, CallOptions options) {
    return BatchResult.all(targets.size(), Outcome.ABSENT);
  }

  @Override
  public BatchResult batchSet(List<Page> sources, CallOptions options) {
    return BatchResult.all(sources.size(), Outcome.FAILED_REFUSED);
  }

  @Override
  public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
    return BatchResult.all(keys.size(), Outcome.ABSENT);
  }

  @Override
  public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
    return BatchResult.all(keys.size(), Outcome.ABSENT);
  }

  @Override
  public OptionalLong length(PageKey key, CallOptions options) {
    return OptionalLong.empty();
  }

  @Override
  public Registration register(Region region) {
    throw new UnsupportedOperationException("there is nothing to register for");
  }

  @Override
  public void clear() {}

  @Override
  public StoreReport inspect() {
    OptionalLong none = OptionalLong.empty();
    return new StoreReport("empty", namespace, OptionalLong.of(0), none, none, Map.of());
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
}
