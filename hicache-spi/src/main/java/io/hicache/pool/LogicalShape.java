package io.hicache.pool;

import java.util.List;
import java.util.Objects;

/**
 * Slots without memory (SGLang 0.5.23, {@code LogicalHostPool}): the anchor of a hybrid model all
 * of whose bytes lie in side pools. Its flat page is empty.
 *
 * @param slots token slots
 */
public record LogicalShape(PoolSlots slots) implements PoolShape {
  /** Checks that there are slots. */
  public LogicalShape {
    Objects.requireNonNull(slots, "slots");
  }

  @Override
  public List<PoolBuffer> buffers() {
    return List.of();
  }

  @Override
  public PageRuns flatRuns() {
    return PageRuns.of(List.of());
  }

  @Override
  public PageRuns pointerRuns() {
    return PageRuns.of(List.of());
  }

  @Override
  public boolean replicated() {
    return true;
  }
}
