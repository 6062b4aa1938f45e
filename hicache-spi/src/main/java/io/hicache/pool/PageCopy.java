package io.hicache.pool;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The copy of one page along a {@link BlockWalk}, its loops in an order that suits the memory.
 *
 * <p>Heads are outermost: one head of a page is what the layout by heads keeps together, and small
 * enough for a core's cache. Within it the longest steps come first, so that what an inner loop
 * touches is near what it touched in the round before, on both sides. Of the six orders this was
 * the fastest or nearly so for every pair of layouts; tiles of a few runs were slower, for what
 * counts at 256 bytes a run is a long inner loop.
 */
final class PageCopy {
  private static final BlockWalk.Axis ONE = new BlockWalk.Axis(1, 0, 0, false);

  private final long run;
  private final BlockWalk.Axis[] outer;
  private final BlockWalk.Axis middle;
  private final BlockWalk.Axis inner;

  PageCopy(BlockWalk walk) {
    run = walk.run();
    List<BlockWalk.Axis> axes = new ArrayList<>(walk.axes());
    axes.sort(
        Comparator.comparing(BlockWalk.Axis::heads)
            .thenComparingLong(BlockWalk.Axis::reach)
            .reversed());
    inner = axes.isEmpty() ? ONE : axes.removeLast();
    middle = axes.isEmpty() ? ONE : axes.removeLast();
    outer = axes.toArray(BlockWalk.Axis[]::new);
  }

  /**
   * Copies one page.
   *
   * @param source where bytes come from
   * @param at where the page starts there
   * @param target where they go
   * @param into where the page starts there
   */
  void copy(MemorySegment source, long at, MemorySegment target, long into) {
    copy(0, source, at, target, into);
  }

  private void copy(int loop, MemorySegment source, long at, MemorySegment target, long into) {
    if (loop == outer.length) {
      copyPlane(source, at, target, into);
      return;
    }
    BlockWalk.Axis axis = outer[loop];
    for (int i = 0; i < axis.count(); i++) {
      copy(loop + 1, source, at + i * axis.from(), target, into + i * axis.to());
    }
  }

  /** The two inner loops, on their own so that they are compiled as one. */
  private void copyPlane(MemorySegment source, long at, MemorySegment target, long into) {
    int rows = middle.count();
    int columns = inner.count();
    long step = inner.from();
    long stride = inner.to();
    long bytes = run;
    for (int row = 0; row < rows; row++) {
      long from = at + row * middle.from();
      long to = into + row * middle.to();
      for (int column = 0; column < columns; column++) {
        MemorySegment.copy(source, from + column * step, target, to + column * stride, bytes);
      }
    }
  }
}
