package io.hicache.spi;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.Capabilities;
import io.hicache.Feature;
import io.hicache.HiCacheStorage;
import io.hicache.Operation;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.PoolTransfer;
import io.hicache.PrefixHits;
import io.hicache.StorageConfig;
import io.hicache.pool.HostPool;
import io.hicache.pool.HostPools;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The v1 and v2 forms: slots become pages here, and no backend sees one. Thread-safe. */
final class PoolCalls implements AutoCloseable {
  private final HiCacheStorage backend;
  private final Capabilities capabilities;
  private final CallRunner calls;
  private final Lifecycle lifecycle;
  private final PoolPlan plan;
  private final HostPools pools = new HostPools();
  private final Map<PoolName, PoolLane> lanes = new ConcurrentHashMap<>();
  private final Lock registering = new ReentrantLock();

  PoolCalls(
      String name,
      HiCacheStorage backend,
      CallRunner calls,
      Lifecycle lifecycle,
      StorageConfig config) {
    this.backend = backend;
    this.capabilities = backend.capabilities();
    this.calls = calls;
    this.lifecycle = lifecycle;
    this.plan = PoolPlan.of(name, backend, config);
  }

  /** Makes a pool known; if its memory could not be registered, calls on it are only slower. */
  void register(HostPool pool) {
    plan.check(pool);
    Optional<PoolLane> lane =
        pool.pageBytes() == 0
            ? Optional.empty()
            : Optional.of(PoolLane.of(pool, plan.storedLayout(), plan.groups(pool.name())));
    registering.lock();
    try {
      pools.checkNew(pool);
      calls.value(Operation.REGISTER, () -> add(pool, lane));
    } finally {
      registering.unlock();
    }
  }

  /** Adds a pool inside a call, so that none is added to a closed storage; its lane first. */
  private HostPool add(HostPool pool, Optional<PoolLane> lane) {
    lane.ifPresent(way -> lanes.put(pool.name(), way));
    pools.register(pool);
    lane.ifPresent(way -> tell(pool, way));
    return pool;
  }

  BatchResult getV1(List<PageKey> hashes, long[] slots, CallOptions options) {
    PoolTransfer kv = PoolTransfer.of(PoolName.KV, hashes, slots);
    return single(getV2(List.of(kv), options));
  }

  BatchResult setV1(List<PageKey> hashes, long[] slots, CallOptions options) {
    PoolTransfer kv = PoolTransfer.of(PoolName.KV, hashes, slots);
    return single(setV2(List.of(kv), options));
  }

  PrefixHits existsV2(List<PageKey> hashes, List<PoolTransfer> transfers, CallOptions given) {
    pools.check(transfers);
    CallOptions options = rooted(given, hashes.stream().findFirst());
    HostPool kvPool = pools.require(PoolName.KV);
    List<PoolTransfer> beside =
        transfers.stream().filter(each -> !each.pool().equals(PoolName.KV)).toList();
    Deadline end = Deadline.of(options);
    return calls.together(
        Operation.PRESENT,
        List.of(),
        part -> {
          BatchResult kv = present(part, kvPool.name(), hashes, options, end);
          List<PageKey> run = hashes.subList(0, kv.leadingDone());
          List<BatchResult> present = new ArrayList<>();
          for (PoolTransfer transfer : beside) {
            present.add(present(part, transfer.pool(), run, options, end));
          }
          return PrefixHits.of(kv, beside, present);
        });
  }

  Map<PoolName, BatchResult> getV2(List<PoolTransfer> transfers, CallOptions given) {
    List<PoolWork> works = works(transfers);
    CallOptions options = rooted(given, first(works));
    works.forEach(PoolWork::refuseSlotTwice);
    Deadline end = Deadline.of(options);
    return calls.together(
        Operation.GET,
        PoolWork.all(works),
        part -> {
          Map<PoolName, BatchResult> results = new LinkedHashMap<>();
          for (PoolWork work : works) {
            results.put(work.pool(), get(part, work, options, end));
          }
          return results;
        });
  }

  Map<PoolName, BatchResult> setV2(List<PoolTransfer> transfers, CallOptions given) {
    List<PoolWork> works = works(transfers);
    CallOptions options = rooted(given, first(works));
    works.forEach(PoolWork::refuseKeyTwice);
    Deadline end = Deadline.of(options);
    return calls.together(
        Operation.SET,
        PoolWork.all(works),
        part -> {
          Map<PoolName, BatchResult> results = new LinkedHashMap<>();
          works.forEach(work -> results.put(work.pool(), BatchResult.all(0, Outcome.DONE)));
          Set<String> incomplete = new HashSet<>();
          for (PoolWork work : PoolWork.kvLast(works)) {
            BatchResult result = set(part, work, incomplete, options, end);
            results.put(work.pool(), result);
            work.addUnsuccessful(result, incomplete);
          }
          return results;
        });
  }

  /**
   * Names the root of a chain for the batches that a call becomes, where it is the call's own first
   * key: a batch of pages further on begins with another.
   */
  private static CallOptions rooted(CallOptions options, Optional<PageKey> first) {
    boolean atRoot = options.prefix().map(List::isEmpty).orElse(false);
    return atRoot ? first.map(root -> options.withPrefix(List.of(root))).orElse(options) : options;
  }

  /** Returns the first key of the pool of keys and values, or else of another. */
  private static Optional<PageKey> first(List<PoolWork> works) {
    return PoolWork.kvLast(works).reversed().stream()
        .flatMap(work -> work.pages().stream().limit(1))
        .map(Page::key)
        .findFirst();
  }

  /** Gives the lanes' buffers back. */
  @Override
  public void close() {
    lanes.values().forEach(PoolLane::close);
  }

  private void tell(HostPool pool, PoolLane lane) {
    if (backend instanceof PageLengths lengths) {
      lengths.expect(pool.name(), lane.storedBytes());
    }
    if (capabilities.has(Feature.REGISTERS_MEMORY)) {
      pool.regions().forEach(lifecycle::register);
    }
  }

  private List<PoolWork> works(List<PoolTransfer> transfers) {
    pools.check(transfers);
    List<PoolWork> works = new ArrayList<>();
    for (PoolTransfer transfer : transfers) {
      works.add(PoolWork.of(pools.require(transfer.pool()), transfer));
    }
    return works;
  }

  private BatchResult get(CallRunner.Part part, PoolWork work, CallOptions options, Deadline end) {
    PoolLane lane = lanes.get(work.pool());
    return part.batch(
        work.pages(),
        work.size(),
        () ->
            lane == null
                ? BatchResult.all(work.size(), Outcome.DONE)
                : lane.get(backend, work.pages(), work.slots(), options, end));
  }

  /** Writes one pool's pages, but for those of keys that are incomplete in another. */
  private BatchResult set(
      CallRunner.Part part,
      PoolWork work,
      Set<String> incomplete,
      CallOptions options,
      Deadline end) {
    PoolLane lane = lanes.get(work.pool());
    return part.batch(
        work.pages(),
        work.size(),
        () -> {
          if (lane == null || plan.writtenByAnother(work.pool())) {
            return BatchResult.all(work.size(), Outcome.KEPT);
          }
          PoolWork wanted = work.pool().equals(PoolName.KV) ? work.without(incomplete) : work;
          BatchResult result =
              wanted.size() == 0
                  ? BatchResult.all(0, Outcome.DONE)
                  : lane.set(backend, wanted.pages(), wanted.slots(), options, end);
          return work.spread(result, wanted);
        });
  }

  private BatchResult present(
      CallRunner.Part part,
      PoolName pool,
      List<PageKey> hashes,
      CallOptions options,
      Deadline end) {
    return part.batch(
        List.of(),
        hashes.size(),
        () ->
            lanes.containsKey(pool)
                ? backend.batchPresent(
                    hashes.stream().map(key -> PoolWork.in(key, pool)).toList(),
                    PoolLane.remaining(options, end))
                : BatchResult.all(hashes.size(), Outcome.DONE));
  }

  private static BatchResult single(Map<PoolName, BatchResult> results) {
    return results.values().iterator().next();
  }
}
