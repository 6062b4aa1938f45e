package io.hicache.spi;

import io.hicache.BatchResult;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.PoolTransfer;
import io.hicache.pool.HostPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One pool's share of a call: its keys, the pages they name as they lie in the pool, and the pages'
 * slots; no pages for a pool without memory.
 */
final class PoolWork {
  private final PoolName pool;
  private final List<PageKey> keys;
  private final List<Page> pages;
  private final long[] slots;

  private PoolWork(PoolName pool, List<PageKey> keys, List<Page> pages, long[] slots) {
    this.pool = pool;
    this.keys = keys;
    this.pages = pages;
    this.slots = slots;
  }

  /**
   * Names the pages of a transfer.
   *
   * @throws IllegalArgumentException if slots and keys are not equally many, or a slot is not the
   *     first of a page of the pool
   */
  static PoolWork of(HostPool pool, PoolTransfer transfer) {
    long[] slots = transfer.slots();
    List<Page> pages = List.of();
    if (pool.pageBytes() > 0) {
      pages = pool.pages(transfer.keys(), slots);
    } else {
      check(pool, transfer.keys(), slots);
    }
    return new PoolWork(pool.name(), transfer.keys(), pages, slots);
  }

  /** Holds the slots of a pool without memory to the rules of the others. */
  private static void check(HostPool pool, List<PageKey> keys, long[] slots) {
    if (keys.size() != slots.length) {
      throw new IllegalArgumentException(
          "pool %s, slots: %d given, must be one for each of %d hashes"
              .formatted(pool.name(), slots.length, keys.size()));
    }
    for (long slot : slots) {
      pool.parts(slot);
    }
  }

  /** Returns a key in a pool. */
  static PageKey in(PageKey key, PoolName pool) {
    return key.pool().equals(pool) ? key : key.in(pool);
  }

  /** Returns the pages of all. */
  static List<Page> all(List<PoolWork> works) {
    return works.stream().flatMap(work -> work.pages.stream()).toList();
  }

  /** Returns them with the kv pool, whose pages imply the others', behind the rest. */
  static List<PoolWork> kvLast(List<PoolWork> works) {
    List<PoolWork> ordered = new ArrayList<>(works);
    ordered.sort((a, b) -> Boolean.compare(a.isKv(), b.isKv()));
    return ordered;
  }

  PoolName pool() {
    return pool;
  }

  List<Page> pages() {
    return pages;
  }

  /** Returns the slots themselves, not to be changed. */
  long[] slots() {
    return slots;
  }

  int size() {
    return keys.size();
  }

  /**
   * Refuses targets that are the same memory.
   *
   * @throws IllegalArgumentException naming the slot
   */
  void refuseSlotTwice() {
    long[] sorted = slots.clone();
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw new IllegalArgumentException(
            "pool %s, slot %d: must be the target of one page, but is of two"
                .formatted(pool, sorted[i]));
      }
    }
  }

  /**
   * Refuses two sources of one key.
   *
   * @throws IllegalArgumentException naming the key
   */
  void refuseKeyTwice() {
    Set<String> seen = HashSet.newHashSet(keys.size());
    for (PageKey key : keys) {
      if (!seen.add(key.value())) {
        throw new IllegalArgumentException(
            "pool %s, key %s: must be written from one slot, but is from two"
                .formatted(pool, key.value()));
      }
    }
  }

  /** Adds the keys whose pages were not stored. */
  void addUnsuccessful(BatchResult result, Set<String> values) {
    for (int i = 0; i < keys.size(); i++) {
      if (!result.get(i).success()) {
        values.add(keys.get(i).value());
      }
    }
  }

  /** Returns this without some keys. */
  PoolWork without(Set<String> values) {
    if (values.isEmpty()) {
      return this;
    }
    int[] kept =
        IntStream.range(0, keys.size())
            .filter(i -> !values.contains(keys.get(i).value()))
            .toArray();
    return new PoolWork(
        pool,
        Arrays.stream(kept).mapToObj(keys::get).toList(),
        Arrays.stream(kept).mapToObj(pages::get).toList(),
        Arrays.stream(kept).mapToLong(i -> slots[i]).toArray());
  }

  /** Puts the result of a part of this in its places; the others are {@link Outcome#SKIPPED}. */
  BatchResult spread(BatchResult result, PoolWork part) {
    if (part.size() == size()) {
      return result;
    }
    List<Outcome> outcomes = new ArrayList<>(size());
    int next = 0;
    for (PageKey key : keys) {
      boolean there = next < part.size() && part.keys.get(next).equals(key);
      outcomes.add(there ? result.get(next++) : Outcome.SKIPPED);
    }
    return BatchResult.of(outcomes, result.firstFailure().orElse(null));
  }

  private boolean isKv() {
    return pool.equals(PoolName.KV);
  }
}
