package io.hicache;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a call over several pools means by one of them. Immutable.
 *
 * <p>A read or a write names a key and a slot for each page. A question about a prefix comes before
 * the engine knows either: there only the number of keys counts, and any key may stand in their
 * place.
 */
public final class PoolTransfer {
  private static final PageKey PLACEHOLDER = new PageKey("__placeholder__");
  private static final long[] NO_SLOTS = {};

  private final PoolName pool;
  private final List<PageKey> keys;
  private final long[] slots;
  private final HitPolicy policy;

  private PoolTransfer(PoolName pool, List<PageKey> keys, long[] slots, HitPolicy policy) {
    this.pool = Objects.requireNonNull(pool, "pool");
    this.keys = List.copyOf(keys);
    this.slots = slots.clone();
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  /**
   * Names pages to read or write; {@link HitPolicy#ALL_PAGES}.
   *
   * @param pool the pool
   * @param keys one per page; the call sets their pool
   * @param slots each page's first slot in the pool
   * @throws IllegalArgumentException if there are not as many slots as keys
   */
  public static PoolTransfer of(PoolName pool, List<PageKey> keys, long[] slots) {
    return of(pool, keys, slots, HitPolicy.ALL_PAGES);
  }

  /**
   * Names pages to read or write, and how a prefix needs them.
   *
   * @param pool the pool
   * @param keys one per page; the call sets their pool
   * @param slots each page's first slot in the pool
   * @param policy which pages a prefix needs
   * @throws IllegalArgumentException if there are not as many slots as keys
   */
  public static PoolTransfer of(PoolName pool, List<PageKey> keys, long[] slots, HitPolicy policy) {
    if (keys.size() != slots.length) {
      throw new IllegalArgumentException(
          "pool %s, slots: %d given, must be one for each of %d keys"
              .formatted(pool, slots.length, keys.size()));
    }
    return new PoolTransfer(pool, keys, slots, policy);
  }

  /**
   * Asks how much of a prefix a pool can restore.
   *
   * @param pool the pool
   * @param policy which pages a prefix needs
   * @param pages how many of them, where the policy is {@link HitPolicy#TRAILING_PAGES}; 0 means 1
   * @throws IllegalArgumentException if the number is negative
   */
  public static PoolTransfer asking(PoolName pool, HitPolicy policy, int pages) {
    if (pages < 0) {
      throw new IllegalArgumentException(
          "pool %s, pages %d: must not be negative".formatted(pool, pages));
    }
    return new PoolTransfer(pool, Collections.nCopies(pages, PLACEHOLDER), NO_SLOTS, policy);
  }

  /** Returns the pool. */
  public PoolName pool() {
    return pool;
  }

  /** Returns the keys; placeholders in a question. */
  public List<PageKey> keys() {
    return keys;
  }

  /** Returns a copy of the slots; none in a question. */
  public long[] slots() {
    return slots.clone();
  }

  /** Returns which pages a prefix needs. */
  public HitPolicy policy() {
    return policy;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PoolTransfer that
        && pool.equals(that.pool)
        && keys.equals(that.keys)
        && Arrays.equals(slots, that.slots)
        && policy == that.policy;
  }

  @Override
  public int hashCode() {
    return Objects.hash(pool, keys, Arrays.hashCode(slots), policy);
  }

  @Override
  public String toString() {
    return "PoolTransfer[%s, %s, %d keys, %d slots]"
        .formatted(pool, policy.label(), keys.size(), slots.length);
  }
}
