package io.hicache.pool;

import io.hicache.PageLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * States of a state-space model, one page a slot (SGLang 0.5.23, {@code MambaPoolHost}): {@code
 * temporal_buffer} (S, L, 1, state), one {@code conv_buffer} (S, L, 1, state) per convolution, and
 * side states (S, elements). A flat page is one slot of each, in this order. Every rank has states
 * of its own, under MLA too. SGLang lists no pointers where there are side states.
 *
 * @param layout {@link PageLayout#PAGE_FIRST} or {@link PageLayout#PAGE_FIRST_DIRECT}; a page's
 *     bytes are the same in both
 * @param slots how many states; one makes a page, so page tokens are 1
 * @param layers layers that have a state, packed draft layers behind them
 * @param temporalBytes bytes of one layer's temporal state; 0 for none
 * @param convBytes bytes of one layer's state, for each convolution
 * @param sideBytes bytes of one slot's side state, for each one registered
 */
public record MambaShape(
    PageLayout layout,
    PoolSlots slots,
    int layers,
    long temporalBytes,
    List<Long> convBytes,
    List<Long> sideBytes)
    implements PoolShape {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is out of range, a page is too long, the pool
   *     overflows, or the layout is not one of the pool's
   */
  public MambaShape {
    Layouts.pageFirstOnly(layout, "a pool of states");
    Objects.requireNonNull(slots, "slots");
    convBytes = List.copyOf(convBytes);
    sideBytes = List.copyOf(sideBytes);
    Counts.positive("layers", layers);
    if (slots.pageTokens() != 1) {
      throw new IllegalArgumentException(
          "page tokens %d: must be 1 in a pool of states".formatted(slots.pageTokens()));
    }
    if (temporalBytes < 0) {
      throw new IllegalArgumentException(
          "temporal bytes " + temporalBytes + ": must not be negative");
    }
    runs(states(layers, temporalBytes, convBytes, sideBytes));
    buffers(slots, states(layers, temporalBytes, convBytes, sideBytes));
  }

  @Override
  public List<PoolBuffer> buffers() {
    return buffers(slots, states());
  }

  @Override
  public PageRuns flatRuns() {
    return runs(states());
  }

  @Override
  public PageRuns pointerRuns() {
    return sideBytes.isEmpty()
        ? flatRuns()
        : PageRuns.refused("side states: a pool of states that has them has no pointers");
  }

  @Override
  public boolean replicated() {
    return false;
  }

  private List<PoolBuffer> states() {
    return states(layers, temporalBytes, convBytes, sideBytes);
  }

  /** One slot of every array. */
  private static List<PoolBuffer> states(
      int layers, long temporalBytes, List<Long> convBytes, List<Long> sideBytes) {
    List<PoolBuffer> states = new ArrayList<>();
    if (temporalBytes > 0) {
      states.add(
          new PoolBuffer(
              "temporal_buffer", Counts.product("temporal_buffer", layers, temporalBytes)));
    }
    for (int i = 0; i < convBytes.size(); i++) {
      String name = "conv_buffer[" + i + "]";
      states.add(new PoolBuffer(name, Counts.product(name, layers, convBytes.get(i))));
    }
    for (int i = 0; i < sideBytes.size(); i++) {
      states.add(new PoolBuffer("slot_state_buffers[" + i + "]", sideBytes.get(i)));
    }
    Counts.positive("states of a slot", states.size());
    return states;
  }

  private static List<PoolBuffer> buffers(PoolSlots slots, List<PoolBuffer> states) {
    return states.stream()
        .map(one ->
            new PoolBuffer(one.name(), Counts.product(one.name(), slots.slots(), one.bytes())))
        .toList();
  }

  private static PageRuns runs(List<PoolBuffer> states) {
    List<PageRun> runs = new ArrayList<>();
    for (PoolBuffer one : states) {
      runs.add(new PageRun(runs.size(), 0, one.bytes(), one.bytes()));
    }
    return PageRuns.of(runs);
  }
}
