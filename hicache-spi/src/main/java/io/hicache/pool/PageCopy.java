package io.hicache.pool;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The copy of one page along a {@link BlockWalk}, its loops in an order that suits the memory.
 *
 * <p>A page is larger than a core's cache and each of its runs is short, so what counts is how far
 * apart the places are that are touched one after another. The innermost loop goes {@value
 * #STREAMS} steps along an axis whose neighbours touch on one side. That side is copied in pieces
 * of as many runs; on the other side as many streams advance at a time, each without a gap, for the
 * loop around it takes the axis whose neighbours are nearest there. Half as many streams make
 * pieces too short for the processor to fetch ahead; twice as many push one another out of its
 * first cache, for the strides of pools and pages are mostly multiples of 4 KiB and so fall into
 * the same few sets of it.
 */
final class PageCopy {
  /** How many streams advance at a time: as many as the ways of a first-level cache, or fewer. */
  static final int STREAMS = 8;

  private static final BlockWalk.Axis ONE = new BlockWalk.Axis(1, 0, 0, false);

  private final long run;
  private final BlockWalk.Axis[] outer;
  private final BlockWalk.Axis middle;
  private final BlockWalk.Axis inner;

  PageCopy(BlockWalk walk) {
    run = walk.run();
    List<BlockWalk.Axis> axes = new ArrayList<>(walk.axes());
    BlockWalk.Axis source = nearest(axes, Comparator.comparingLong(BlockWalk.Axis::from));
    BlockWalk.Axis target = nearest(axes, Comparator.comparingLong(BlockWalk.Axis::to));
    boolean reading = betterInside(source, target);
    inner = reading ? source : target;
    axes.remove(inner);
    axes.sort(
        reading
            ? Comparator.comparingLong(BlockWalk.Axis::to)
            : Comparator.comparingLong(BlockWalk.Axis::from));
    middle = axes.isEmpty() ? ONE : axes.removeFirst();
    outer = axes.reversed().toArray(BlockWalk.Axis[]::new);
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
    for (int first = 0; first < inner.count(); first += STREAMS) {
      int columns = Math.min(STREAMS, inner.count() - first);
      copy(0, columns, source, at + first * inner.from(), target, into + first * inner.to());
    }
  }

  private void copy(
      int loop, int columns, MemorySegment source, long at, MemorySegment target, long into) {
    if (loop == outer.length) {
      copyPlane(columns, source, at, target, into);
      return;
    }
    BlockWalk.Axis axis = outer[loop];
    for (int i = 0; i < axis.count(); i++) {
      copy(loop + 1, columns, source, at + i * axis.from(), target, into + i * axis.to());
    }
  }

  /** The two inner loops, on their own so that they are compiled as one. */
  private void copyPlane(
      int columns, MemorySegment source, long at, MemorySegment target, long into) {
    int rows = middle.count();
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

  private static BlockWalk.Axis nearest(
      List<BlockWalk.Axis> axes, Comparator<BlockWalk.Axis> byStep) {
    return axes.stream().min(byStep).orElse(ONE);
  }

  /** Tells whether an axis gives as many streams as another, in fewer rounds. */
  private static boolean betterInside(BlockWalk.Axis axis, BlockWalk.Axis other) {
    int streams = Math.min(STREAMS, axis.count());
    int others = Math.min(STREAMS, other.count());
    return streams > others || (streams == others && axis.count() < other.count());
  }
}
