package io.hicache.pool;

import java.util.ArrayList;
import java.util.List;

/**
 * The way from one order of a page's bytes to another: the axes on which the orders differ, around
 * the longest run that both keep together.
 *
 * @param run bytes of a run
 * @param axes from the outermost to the innermost of the order that was followed
 */
record BlockWalk(long run, List<Axis> axes) {

  /**
   * One axis of a page.
   *
   * @param count its extent
   * @param from bytes of a step on it where bytes come from
   * @param to bytes of a step on it where they go
   * @param heads whether it counts heads, and nothing else
   */
  record Axis(int count, long from, long to, boolean heads) {

    /** The longer step: how far apart in memory neighbours on this axis are. */
    long reach() {
      return Math.max(from, to);
    }

    /** Tells whether this axis around another one is a longer axis of the same steps. */
    boolean continues(Axis inner) {
      return from == inner.from * inner.count && to == inner.to * inner.count;
    }
  }

  /**
   * Plans the way.
   *
   * @param form extents of the page; the walk goes through it in the order of its layout
   * @param from strides where bytes come from
   * @param to strides where they go
   */
  static BlockWalk of(PageForm form, Strides from, Strides to) {
    Axis half = new Axis(form.halves(), from.half(), to.half(), false);
    Axis layer = new Axis(form.layers(), from.layer(), to.layer(), false);
    Axis token = new Axis(form.tokens(), from.token(), to.token(), false);
    Axis head = new Axis(form.heads(), from.head(), to.head(), true);
    List<Axis> inOrder =
        switch (form.layout()) {
          case LAYER_FIRST, PAGE_FIRST_DIRECT -> List.of(half, layer, token, head);
          case PAGE_FIRST -> List.of(half, token, layer, head);
          case PAGE_HEAD -> List.of(half, head, token, layer);
        };
    return joined(form.rowBytes(), inOrder);
  }

  /** Returns how many runs there are. */
  long runs() {
    long runs = 1;
    for (Axis axis : axes) {
      runs *= axis.count;
    }
    return runs;
  }

  /** Returns where each run comes from, in the order of the walk. */
  long[] sources() {
    long[] sources = new long[Math.toIntExact(runs())];
    for (int i = 0; i < sources.length; i++) {
      int rest = i;
      for (Axis axis : axes.reversed()) {
        sources[i] += rest % axis.count * axis.from;
        rest /= axis.count;
      }
    }
    return sources;
  }

  /** Joins axes with the run, or with each other, where both orders allow it. */
  private static BlockWalk joined(long rowBytes, List<Axis> inOrder) {
    long run = rowBytes;
    List<Axis> kept = new ArrayList<>();
    for (Axis axis : inOrder.reversed()) {
      if (axis.count == 1) {
        continue;
      }
      if (kept.isEmpty() && axis.from == run && axis.to == run) {
        run *= axis.count;
      } else if (!kept.isEmpty() && axis.continues(kept.getFirst())) {
        Axis inner = kept.removeFirst();
        kept.addFirst(new Axis(inner.count * axis.count, inner.from, inner.to, false));
      } else {
        kept.addFirst(axis);
      }
    }
    return new BlockWalk(run, List.copyOf(kept));
  }

  @Override
  public String toString() {
    return "%d runs of %d bytes".formatted(runs(), run);
  }
}
