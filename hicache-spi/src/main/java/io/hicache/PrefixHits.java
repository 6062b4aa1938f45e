package io.hicache;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How much of a prompt's prefix several pools can restore together. Immutable.
 *
 * <p>Not every shorter prefix can be restored where a longer one can: a pool that needs only the
 * last pages of a prefix may have them at 5 pages and at 2, and not in between. So the answer is
 * the set of lengths, and ranks that must agree {@linkplain #intersect intersect} their sets; the
 * least of their longest may be a length that some rank cannot restore.
 *
 * @param kvPages how many pages of the {@link PoolName#KV} pool, counted from the first without a
 *     gap, are present
 * @param poolPages for each other pool asked, the longest prefix within {@code kvPages} that it
 *     alone could restore; 0 for none
 * @param restorable the lengths in pages, strictly increasing in 1…{@code kvPages}, that every pool
 *     can restore; 0 always can be and is not listed
 * @param firstFailure why the first page whose presence could not be told failed; a failure counts
 *     as an absence here
 */
public record PrefixHits(
    int kvPages,
    Map<PoolName, Integer> poolPages,
    List<Integer> restorable,
    Optional<HiCacheException> firstFailure) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range or the lengths are not increasing
   */
  public PrefixHits {
    poolPages = Map.copyOf(poolPages);
    restorable = List.copyOf(restorable);
    if (kvPages < 0) {
      throw new IllegalArgumentException("kv pages " + kvPages + ": must not be negative");
    }
    int before = 0;
    for (int pages : restorable) {
      if (pages <= before || pages > kvPages) {
        throw new IllegalArgumentException(
            "restorable %s: must be strictly increasing in 1 to %d".formatted(restorable, kvPages));
      }
      before = pages;
    }
    for (Map.Entry<PoolName, Integer> pool : poolPages.entrySet()) {
      if (pool.getValue() < 0 || pool.getValue() > kvPages) {
        throw new IllegalArgumentException(
            "pool pages %s: must be 0 to %d".formatted(pool, kvPages));
      }
    }
  }

  /**
   * Works out which prefixes can be restored from which pages are present.
   *
   * @param kv the presence of each page of the prompt
   * @param transfers the pools asked beside it, each once
   * @param present for each of them the presence of the same pages in it, of at least as many as
   *     {@code kv} has in its leading run
   * @throws IllegalArgumentException if the lists differ in length or a presence is too short
   */
  public static PrefixHits of(
      BatchResult kv, List<PoolTransfer> transfers, List<BatchResult> present) {
    if (transfers.size() != present.size()) {
      throw new IllegalArgumentException(
          "present: %d given, must be one for each of %d transfers"
              .formatted(present.size(), transfers.size()));
    }
    int kvPages = kv.leadingDone();
    Map<PoolName, Integer> poolPages = new TreeMap<>();
    Optional<HiCacheException> failure = kv.firstFailure();
    BitSet lengths = new BitSet();
    lengths.set(1, kvPages + 1);
    for (int i = 0; i < transfers.size(); i++) {
      PoolTransfer transfer = transfers.get(i);
      BitSet here = restorable(transfer, present.get(i), kvPages);
      poolPages.put(transfer.pool(), Math.max(0, here.length() - 1));
      lengths.and(here);
      failure = failure.or(present.get(i)::firstFailure);
    }
    return new PrefixHits(kvPages, poolPages, lengths.stream().boxed().toList(), failure);
  }

  /** Returns the longest prefix that can be restored, in pages; 0 if none. */
  public int best() {
    return restorable.isEmpty() ? 0 : restorable.getLast();
  }

  /**
   * Returns what this rank and others can restore together: the lengths that all of them list, and
   * otherwise the least that any of them found. A pool that some did not ask is as the others say.
   *
   * @param others the answers of the other ranks to the same question
   */
  public PrefixHits intersect(Collection<PrefixHits> others) {
    int kv = kvPages;
    Map<PoolName, Integer> pools = new TreeMap<>(poolPages);
    List<Integer> lengths = new ArrayList<>(restorable);
    Optional<HiCacheException> failure = firstFailure;
    for (PrefixHits other : others) {
      kv = Math.min(kv, other.kvPages);
      other.poolPages.forEach((pool, pages) -> pools.merge(pool, pages, Math::min));
      lengths.retainAll(new HashSet<>(other.restorable));
      failure = failure.or(other::firstFailure);
    }
    int least = kv;
    pools.replaceAll((pool, pages) -> Math.min(pages, least));
    return new PrefixHits(kv, pools, lengths, failure);
  }

  /** Returns the lengths that one pool alone can restore. */
  private static BitSet restorable(PoolTransfer transfer, BatchResult present, int kvPages) {
    if (present.size() < kvPages) {
      throw new IllegalArgumentException(
          "presence of %d pages in pool %s: must be at least the %d kv pages"
              .formatted(present.size(), transfer.pool(), kvPages));
    }
    int needed =
        switch (transfer.policy()) {
          case ALL_PAGES -> kvPages;
          case TRAILING_PAGES -> Math.max(1, transfer.keys().size());
        };
    BitSet lengths = new BitSet();
    int run = 0;
    for (int page = 0; page < kvPages; page++) {
      run = present.get(page).success() ? run + 1 : 0;
      if (run >= Math.min(page + 1, needed)) {
        lengths.set(page + 1);
      }
    }
    return lengths;
  }
}
