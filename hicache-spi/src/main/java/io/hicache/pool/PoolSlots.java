package io.hicache.pool;

/**
 * How many token slots a pool has, and how many of them make a page.
 *
 * @param slots token slots, as the engine counts them; a multiple of {@code pageTokens}
 * @param pageTokens token slots of one page; at least 1
 */
public record PoolSlots(long slots, int pageTokens) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 1, or the slots are not whole pages
   */
  public PoolSlots {
    Counts.positive("page tokens", pageTokens);
    Counts.positive("slots", slots);
    if (slots % pageTokens != 0) {
      throw new IllegalArgumentException(
          "slots %d: must be a multiple of the page tokens %d".formatted(slots, pageTokens));
    }
  }

  /**
   * Sizes a pool as SGLang 0.5.23 does from {@code --hicache-ratio}: whole pages of the scaled
   * device capacity, and one page more.
   *
   * @param deviceTokens the device pool's capacity in tokens; at least 1
   * @param ratio host capacity for one of the device's; above 0
   * @param pageTokens token slots of one page
   * @throws IllegalArgumentException if a number is out of range
   */
  public static PoolSlots ofRatio(long deviceTokens, double ratio, int pageTokens) {
    Counts.positive("device tokens", deviceTokens);
    Counts.positive("page tokens", pageTokens);
    if (!(ratio > 0) || deviceTokens * ratio >= 0x1p62) {
      throw new IllegalArgumentException(
          "ratio %s of %d device tokens: must be above 0 and their product below 2^62"
              .formatted(ratio, deviceTokens));
    }
    long pages = (long) (deviceTokens * ratio) / pageTokens + 1;
    return new PoolSlots(pages * pageTokens, pageTokens);
  }

  /** Returns how many pages the pool has. */
  public long pages() {
    return slots / pageTokens;
  }
}
