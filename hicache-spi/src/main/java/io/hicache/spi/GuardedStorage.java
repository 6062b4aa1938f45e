package io.hicache.spi;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.Capabilities;
import io.hicache.FaultKind;
import io.hicache.Feature;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.Operation;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.PoolTransfer;
import io.hicache.PrefixHits;
import io.hicache.Region;
import io.hicache.Registration;
import io.hicache.StorageConfig;
import io.hicache.StorageStats;
import io.hicache.StoreReport;
import io.hicache.pool.HostPool;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Stands in front of a backend, so that no backend has to check arguments, lifecycle or interrupts
 * on entry, nor count and report: each is done here, once.
 *
 * <p>What a backend may rely on: lists are immutable copies without nulls; pages satisfy the rules
 * of the contract; no call starts after {@link HiCacheStorage#close} or overlaps it; the thread's
 * interrupt flag is clear on entry, so that a flag seen later came during the call. A backend that
 * throws out of a batch is taken for failed at every position.
 */
public final class GuardedStorage implements HiCacheStorage {
  private final String name;
  private final HiCacheStorage backend;
  private final Capabilities capabilities;
  private final CallRunner calls;
  private final Lifecycle lifecycle;
  private final PoolCalls pools;

  private GuardedStorage(String name, HiCacheStorage backend, StorageConfig config) {
    this.name = name;
    this.backend = backend;
    this.capabilities = backend.capabilities();
    CallGate gate = new CallGate();
    this.lifecycle = new Lifecycle(name, backend, gate, capabilities.closeTimeout());
    this.calls = new CallRunner(name, gate, lifecycle, config);
    this.pools = new PoolCalls(name, backend, calls, lifecycle, config);
    lifecycle.closeWithBackend(pools);
  }

  /**
   * Puts the guard in front of a backend.
   *
   * @param name the backend's name
   * @param backend the storage its provider opened; the guard owns it from now on
   * @param config what it was opened with, for what is attached to it
   */
  public static HiCacheStorage over(String name, HiCacheStorage backend, StorageConfig config) {
    return new GuardedStorage(name, backend, config);
  }

  @Override
  public BatchResult batchGet(List<Page> targets, CallOptions options) {
    Objects.requireNonNull(options, "options");
    List<Page> copy = Arguments.copy("targets", targets);
    PageChecks.targets(copy, capabilities.has(Feature.DEVICE_MEMORY));
    return calls.batch(Operation.GET, copy, () -> backend.batchGet(copy, options));
  }

  @Override
  public BatchResult batchSet(List<Page> sources, CallOptions options) {
    Objects.requireNonNull(options, "options");
    List<Page> copy = Arguments.copy("sources", sources);
    PageChecks.sources(copy, capabilities.has(Feature.DEVICE_MEMORY));
    return calls.batch(Operation.SET, copy, () -> backend.batchSet(copy, options));
  }

  @Override
  public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
    Objects.requireNonNull(options, "options");
    List<PageKey> copy = Arguments.copy("keys", keys);
    return calls.batch(Operation.PRESENT, copy.size(), () -> backend.batchPresent(copy, options));
  }

  @Override
  public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
    Objects.requireNonNull(options, "options");
    List<PageKey> copy = Arguments.copy("keys", keys);
    Supplier<BatchResult> call =
        capabilities.has(Feature.DELETES)
            ? () -> backend.batchDelete(copy, options)
            : () -> BatchResult.allFailed(copy.size(), cannotDelete());
    return calls.batch(Operation.DELETE, copy.size(), call);
  }

  @Override
  public BatchResult warm(List<PageKey> keys, CallOptions options) {
    Objects.requireNonNull(options, "options");
    List<PageKey> copy = Arguments.copy("keys", keys);
    Supplier<BatchResult> call =
        capabilities.has(Feature.WARMS)
            ? () -> backend.warm(copy, options)
            : () -> BatchResult.all(copy.size(), Outcome.SKIPPED);
    return calls.batch(Operation.WARM, copy.size(), call);
  }

  @Override
  public Outcome get(Page target, CallOptions options) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(target, "target");
    List<Page> one = List.of(target);
    PageChecks.targets(one, capabilities.has(Feature.DEVICE_MEMORY));
    return calls.outcome(Operation.GET, one, () -> backend.get(target, options));
  }

  @Override
  public Outcome set(Page source, CallOptions options) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(source, "source");
    List<Page> one = List.of(source);
    PageChecks.sources(one, capabilities.has(Feature.DEVICE_MEMORY));
    return calls.outcome(Operation.SET, one, () -> backend.set(source, options));
  }

  @Override
  public boolean exists(PageKey key, CallOptions options) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(key, "key");
    Supplier<Outcome> call = () -> backend.exists(key, options) ? Outcome.DONE : Outcome.ABSENT;
    return calls.outcome(Operation.PRESENT, List.of(), call) == Outcome.DONE;
  }

  @Override
  public Outcome delete(PageKey key, CallOptions options) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(key, "key");
    return calls.outcome(
        Operation.DELETE,
        List.of(),
        () -> {
          if (!capabilities.has(Feature.DELETES)) {
            throw cannotDelete();
          }
          return backend.delete(key, options);
        });
  }

  /** Asks through {@link #batchPresent}, so that a failure is counted as one, not as an absence. */
  @Override
  public int batchExists(List<PageKey> keys, CallOptions options) {
    return batchPresent(keys, options).leadingDone();
  }

  @Override
  public OptionalLong length(PageKey key, CallOptions options) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(key, "key");
    return calls.value(
        Operation.LENGTH,
        () ->
            capabilities.has(Feature.TELLS_LENGTH)
                ? backend.length(key, options)
                : OptionalLong.empty());
  }

  @Override
  public Registration register(Region region) {
    Objects.requireNonNull(region, "region");
    RegionChecks.check(region, capabilities.has(Feature.DEVICE_MEMORY));
    return calls.value(Operation.REGISTER, () -> lifecycle.register(region));
  }

  @Override
  public void clear() {
    calls.value(
        Operation.CLEAR,
        () -> {
          if (capabilities.has(Feature.CLEARS)) {
            backend.clear();
          }
          return Outcome.DONE;
        });
  }

  @Override
  public StoreReport inspect() {
    return calls.value(Operation.INSPECT, backend::inspect);
  }

  @Override
  public void registerHostPool(HostPool pool) {
    pools.register(Objects.requireNonNull(pool, "pool"));
  }

  @Override
  public BatchResult batchGetV1(List<PageKey> hashes, long[] slots, CallOptions options) {
    Objects.requireNonNull(options, "options");
    return pools.getV1(Arguments.copy("hashes", hashes), slots, options);
  }

  @Override
  public BatchResult batchSetV1(List<PageKey> hashes, long[] slots, CallOptions options) {
    Objects.requireNonNull(options, "options");
    return pools.setV1(Arguments.copy("hashes", hashes), slots, options);
  }

  @Override
  public PrefixHits batchExistsV2(
      List<PageKey> hashes, List<PoolTransfer> transfers, CallOptions options) {
    Objects.requireNonNull(options, "options");
    return pools.existsV2(
        Arguments.copy("hashes", hashes), Arguments.copy("transfers", transfers), options);
  }

  @Override
  public Map<PoolName, BatchResult> batchGetV2(List<PoolTransfer> transfers, CallOptions options) {
    Objects.requireNonNull(options, "options");
    return pools.getV2(Arguments.copy("transfers", transfers), options);
  }

  @Override
  public Map<PoolName, BatchResult> batchSetV2(List<PoolTransfer> transfers, CallOptions options) {
    Objects.requireNonNull(options, "options");
    return pools.setV2(Arguments.copy("transfers", transfers), options);
  }

  /** Returns the guard's own counts, after close too. */
  @Override
  public StorageStats stats() {
    return calls.stats();
  }

  /** Returns the backend's capabilities as they were at open, after close too. */
  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public void close() {
    lifecycle.close();
  }

  @Override
  public String toString() {
    return "hicache " + name + " (" + backend + ")";
  }

  private HiCacheException cannotDelete() {
    return new HiCacheException(
        FaultKind.REFUSED, "delete: backend " + name + " cannot delete; see its capabilities");
  }
}
