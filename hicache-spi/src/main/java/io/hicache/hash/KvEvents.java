package io.hicache.hash;

import io.hicache.PageKey;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How SGLang's KV cache events, which routers read, name a page: by a number, from a chain that
 * begins with a seed of its own.
 *
 * <pre>{@code
 * PageHasher events = PageHasher.of(64).after(KvEvents.seed(cacheSalt));
 * long block = KvEvents.blockId(events.keys(tokens).getFirst());
 * }</pre>
 *
 * <p>Source: SGLang 0.5.23, {@code mem_cache/utils.py} ({@code compute_node_event_hash_values},
 * {@code hash_str_to_int64}).
 */
public final class KvEvents {
  private static final int ID_DIGITS = 2 * Long.BYTES;

  private KvEvents() {}

  /**
   * Returns the seed that an event chain begins with, for {@link PageHasher#after(String)}; null
   * for none, as without a salt. An extra key plays no part in it.
   *
   * @param cacheSalt keeps tenants apart; null or empty for none
   * @throws IllegalArgumentException if it holds half a surrogate pair
   */
  public static @Nullable String seed(@Nullable String cacheSalt) {
    return cacheSalt == null || cacheSalt.isEmpty() ? null : Digests.hex(Seeds.events(cacheSalt));
  }

  /**
   * Returns the number that events call a page by: the first 8 bytes of its hash, big-endian,
   * signed.
   *
   * @param key the page; its value is 64 hexadecimal digits
   * @throws IllegalArgumentException if the value is anything else
   */
  public static long blockId(PageKey key) {
    Digests.check("key", key.value());
    return HexFormat.fromHexDigitsToLong(key.value(), 0, ID_DIGITS);
  }
}
