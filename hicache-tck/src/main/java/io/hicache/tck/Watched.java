package io.hicache.tck;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.Capabilities;
import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Region;
import io.hicache.Registration;
import io.hicache.StorageStats;
import io.hicache.StoreReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The backend under test between it and the guard: keeps the order of what is written, and refuses
 * the pages that a test names, as a store does that will never take them. Thread-safe.
 */
final class Watched implements HiCacheStorage {
  private final HiCacheStorage backend;
  private final Set<PageKey> refused;
  private final Queue<PageKey> written = new ConcurrentLinkedQueue<>();

  Watched(HiCacheStorage backend, Set<PageKey> refused) {
    this.backend = backend;
    this.refused = refused;
  }

  /** Returns the keys of all pages that a set was asked for, in order. */
  List<PageKey> written() {
    return List.copyOf(written);
  }

  @Override
  public BatchResult batchSet(List<Page> sources, CallOptions options) {
    sources.forEach(page -> written.add(page.key()));
    List<Page> taken = sources.stream().filter(page -> !refused.contains(page.key())).toList();
    BatchResult result = backend.batchSet(taken, options);
    List<Outcome> outcomes = new ArrayList<>();
    int next = 0;
    for (Page page : sources) {
      boolean refuses = refused.contains(page.key());
      outcomes.add(refuses ? Outcome.FAILED_REFUSED : result.get(next++));
    }
    return taken.size() == sources.size()
        ? result
        : BatchResult.of(outcomes, new HiCacheException(FaultKind.REFUSED, "as the test asks"));
  }

  @Override
  public BatchResult batchGet(List<Page> targets, CallOptions options) {
    return backend.batchGet(targets, options);
  }

  @Override
  public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
    return backend.batchPresent(keys, options);
  }

  @Override
  public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
    return backend.batchDelete(keys, options);
  }

  @Override
  public OptionalLong length(PageKey key, CallOptions options) {
    return backend.length(key, options);
  }

  @Override
  public Registration register(Region region) {
    return backend.register(region);
  }

  @Override
  public void clear() {
    backend.clear();
  }

  @Override
  public StoreReport inspect() {
    return backend.inspect();
  }

  @Override
  public StorageStats stats() {
    return backend.stats();
  }

  @Override
  public Capabilities capabilities() {
    return backend.capabilities();
  }

  @Override
  public void close() {
    backend.close();
  }
}
