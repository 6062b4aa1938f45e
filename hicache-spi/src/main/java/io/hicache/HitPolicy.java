package io.hicache;

import io.hicache.spi.Quoted;
import java.util.Arrays;
import java.util.Locale;

/** Which pages of a pool a prefix needs to be restored from it, by the names SGLang gives them. */
public enum HitPolicy {
  /** Every page of the prefix, as attention over all tokens needs. */
  ALL_PAGES,
  /** The last pages of the prefix, as many as the transfer has keys; a state or a window. */
  TRAILING_PAGES;

  /** Returns SGLang's name, as in {@code all_pages}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a policy by SGLang's name. Its {@code block_groups} is not among them: what it needs
   * depends on how an engine cuts pages into blocks, which no page tells.
   *
   * @param label the name
   * @throws IllegalArgumentException if there is no such policy
   */
  public static HitPolicy of(String label) {
    return Arrays.stream(values())
        .filter(policy -> policy.label().equals(label))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "hit policy %s: must be one of %s"
                    .formatted(
                        Quoted.of(label), Arrays.stream(values()).map(HitPolicy::label).toList())));
  }
}
