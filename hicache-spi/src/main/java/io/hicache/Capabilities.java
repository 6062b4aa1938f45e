package io.hicache;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What an open store can and cannot do; fixed from open to close.
 *
 * @param deadline how the caller's memory is made quiet when a deadline passes
 * @param features what the store can do beyond moving pages
 * @param ignored the fields of {@link CallOptions} that the store cannot honour; it takes them and
 *     does without
 * @param closeTimeout how long {@link HiCacheStorage#close} waits for calls in flight; empty:
 *     without limit
 */
public record Capabilities(
    DeadlineMode deadline,
    Set<Feature> features,
    Set<CallOptions.Field> ignored,
    Optional<Duration> closeTimeout) {

  /**
   * Checks and copies the sets.
   *
   * @throws IllegalArgumentException if the close timeout is not positive
   */
  public Capabilities {
    Objects.requireNonNull(deadline, "deadline");
    features = Set.copyOf(features);
    ignored = Set.copyOf(ignored);
    if (closeTimeout.isPresent() && !closeTimeout.get().isPositive()) {
      throw new IllegalArgumentException(
          "close timeout " + closeTimeout.get() + ": must be positive");
    }
  }

  /**
   * Tells whether the store has a feature.
   *
   * @param feature which
   */
  public boolean has(Feature feature) {
    return features.contains(feature);
  }
}
