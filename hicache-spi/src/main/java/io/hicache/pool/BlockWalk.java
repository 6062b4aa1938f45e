package io.hicache.pool;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The way from one order of a page's bytes to another: nested loops over the axes on which the
 * orders differ, around the longest run that both keep together.
 */
final class BlockWalk {
  private static final int AXES = 4;

  private final long run;
  private final int[] counts;
  private final long[] from;
  private final long[] to;

  private BlockWalk(long run, int[] counts, long[] from, long[] to) {
    this.run = run;
    this.counts = counts;
    this.from = from;
    this.to = to;
  }

  /**
   * Plans the way.
   *
   * @param form extents of the page; the walk goes through it in the order of its layout
   * @param from strides where bytes come from
   * @param to strides where they go
   */
  static BlockWalk of(PageForm form, Strides from, Strides to) {
    long[] extents =
        inOrder(form, new Strides(form.halves(), form.layers(), form.tokens(), form.heads()));
    long[] source = inOrder(form, from);
    long[] target = inOrder(form, to);
    BlockWalk walk = new BlockWalk(form.rowBytes(), new int[0], new long[0], new long[0]);
    for (int axis = AXES - 1; axis >= 0; axis--) {
      if (extents[axis] > 1) {
        walk = walk.around((int) extents[axis], source[axis], target[axis]);
      }
    }
    return walk;
  }

  /** Returns how many runs there are. */
  long runs() {
    long runs = 1;
    for (int count : counts) {
      runs *= count;
    }
    return runs;
  }

  /** Returns the bytes of one run. */
  long runBytes() {
    return run;
  }

  /** Returns where each run comes from, in the order of the walk. */
  long[] sources() {
    long[] sources = new long[Math.toIntExact(runs())];
    for (int i = 0; i < sources.length; i++) {
      int rest = i;
      for (int axis = counts.length - 1; axis >= 0; axis--) {
        sources[i] += rest % counts[axis] * from[axis];
        rest /= counts[axis];
      }
    }
    return sources;
  }

  /**
   * Copies one page.
   *
   * @param source where bytes come from
   * @param sourceStart where the page starts there
   * @param target where they go
   * @param targetStart where the page starts there
   */
  void copy(MemorySegment source, long sourceStart, MemorySegment target, long targetStart) {
    copy(0, source, sourceStart, target, targetStart);
  }

  private void copy(int axis, MemorySegment source, long at, MemorySegment target, long into) {
    if (axis == counts.length) {
      MemorySegment.copy(source, at, target, into, run);
    } else if (axis == counts.length - 1) {
      copyRuns(source, at, target, into);
    } else {
      for (int i = 0; i < counts[axis]; i++) {
        copy(axis + 1, source, at + i * from[axis], target, into + i * to[axis]);
      }
    }
  }

  /** The innermost loop, on its own so that it is compiled as one. */
  private void copyRuns(MemorySegment source, long at, MemorySegment target, long into) {
    int last = counts.length - 1;
    int count = counts[last];
    long step = from[last];
    long stride = to[last];
    long bytes = run;
    for (int i = 0; i < count; i++) {
      MemorySegment.copy(source, at + i * step, target, into + i * stride, bytes);
    }
  }

  /** Puts one axis around this walk: joined with the run or the outermost loop where it can be. */
  private BlockWalk around(int count, long source, long target) {
    if (counts.length == 0 && source == run && target == run) {
      return new BlockWalk(run * count, counts, from, to);
    }
    if (counts.length > 0 && source == from[0] * counts[0] && target == to[0] * counts[0]) {
      int[] joined = counts.clone();
      joined[0] *= count;
      return new BlockWalk(run, joined, from, to);
    }
    int[] grown = new int[counts.length + 1];
    System.arraycopy(counts, 0, grown, 1, counts.length);
    grown[0] = count;
    return new BlockWalk(run, grown, prepend(source, from), prepend(target, to));
  }

  private static long[] prepend(long first, long[] rest) {
    long[] grown = new long[rest.length + 1];
    grown[0] = first;
    System.arraycopy(rest, 0, grown, 1, rest.length);
    return grown;
  }

  /** Lists one number per axis from the outermost to the innermost of the form's layout. */
  private static long[] inOrder(PageForm form, Strides each) {
    return switch (form.layout()) {
      case LAYER_FIRST, PAGE_FIRST_DIRECT ->
          new long[] {each.half(), each.layer(), each.token(), each.head()};
      case PAGE_FIRST -> new long[] {each.half(), each.token(), each.layer(), each.head()};
      case PAGE_HEAD -> new long[] {each.half(), each.head(), each.token(), each.layer()};
    };
  }

  @Override
  public String toString() {
    return "%s runs of %d bytes".formatted(Arrays.toString(counts), run);
  }
}
