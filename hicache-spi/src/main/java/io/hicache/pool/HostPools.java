package io.hicache.pool;

import io.hicache.Page;
import io.hicache.PoolName;
import io.hicache.PoolTransfer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The pools that a store knows by name. Thread-safe; holds pools but owns none. */
public final class HostPools {
  private final Map<PoolName, HostPool> pools = new ConcurrentHashMap<>();

  /** Makes a set of no pools. */
  public HostPools() {}

  /**
   * Adds a pool.
   *
   * @param pool the pool
   * @throws IllegalArgumentException if one of that name is there, or the pool has no flat page
   */
  public void register(HostPool pool) {
    checkNew(pool);
    if (pools.putIfAbsent(pool.name(), pool) != null) {
      throw twice(pool);
    }
  }

  /**
   * Checks a pool that may be added later.
   *
   * @param pool the pool
   * @throws IllegalArgumentException as {@link #register}
   */
  public void checkNew(HostPool pool) {
    pool.requireFlatPage();
    if (pools.containsKey(pool.name())) {
      throw twice(pool);
    }
  }

  private static IllegalArgumentException twice(HostPool pool) {
    return new IllegalArgumentException(
        "pool %s: must be registered once, but is registered".formatted(pool.name()));
  }

  /**
   * Finds a pool.
   *
   * @param name its name
   * @throws IllegalArgumentException if none of that name is registered
   */
  public HostPool require(PoolName name) {
    HostPool pool = pools.get(name);
    if (pool == null) {
      throw new IllegalArgumentException(
          "pool %s: must be registered; registered are %s"
              .formatted(name, new TreeSet<>(pools.keySet())));
    }
    return pool;
  }

  /**
   * Checks the pools that a call over several names.
   *
   * @param transfers one per pool
   * @throws IllegalArgumentException if one is not registered, or named twice
   */
  public void check(List<PoolTransfer> transfers) {
    Set<PoolName> seen = new HashSet<>();
    for (int i = 0; i < transfers.size(); i++) {
      PoolName name = transfers.get(i).pool();
      require(name);
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "transfers[%d], pool %s: must be named by one transfer".formatted(i, name));
      }
    }
  }

  /**
   * Names the pages that transfers move, pool by pool.
   *
   * @param transfers one per pool
   * @return for each transfer its pages, in its order
   * @throws IllegalArgumentException if a pool is not registered or named twice, if slots and keys
   *     are not equally many, or a slot is not the first of a page of its pool
   */
  public List<List<Page>> pages(List<PoolTransfer> transfers) {
    check(transfers);
    List<List<Page>> pages = new ArrayList<>(transfers.size());
    for (PoolTransfer transfer : transfers) {
      pages.add(require(transfer.pool()).pages(transfer.keys(), transfer.slots()));
    }
    return pages;
  }
}
