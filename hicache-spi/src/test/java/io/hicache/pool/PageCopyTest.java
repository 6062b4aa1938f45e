package io.hicache.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A page copied in the order that suits the memory: against run by run, in the order of the walk.
 */
class PageCopyTest {
  private static final byte UNTOUCHED = (byte) 0xEE;

  @Test
  void copy_ofAnyWalk_movesEveryRunAndNothingElse() {
    Random random = new Random(20251125);
    int tiled = 0;
    int odd = 0;
    for (int round = 0; round < 400; round++) {
      BlockWalk walk = randomWalk(random);
      tiled += walk.axes().stream().anyMatch(axis -> axis.count() > PageCopy.STREAMS) ? 1 : 0;
      odd += walk.run() % Long.BYTES != 0 ? 1 : 0;
      check(walk, random.nextInt(17), random.nextInt(17), random);
    }
    assertTrue(tiled > 200 && odd > 200, tiled + " tiled, " + odd + " of odd length");
  }

  @Test
  void copy_ofOneRun_movesIt() {
    check(new BlockWalk(77, List.of()), 3, 5, new Random(1));
  }

  @Test
  void copy_ofCountsAroundTheStreams_losesNoRemainder() {
    Random random = new Random(2);
    for (int count = 1; count <= 2 * PageCopy.STREAMS + 1; count++) {
      long run = 24;
      BlockWalk.Axis tokens = new BlockWalk.Axis(count, run, 3 * run, false);
      BlockWalk.Axis layers = new BlockWalk.Axis(3, run * count, run, false);
      check(new BlockWalk(run, List.of(tokens, layers)), 0, 0, random);
      check(new BlockWalk(run, List.of(layers, tokens)), 1, 0, random);
    }
  }

  private static void check(BlockWalk walk, int at, int into, Random random) {
    byte[] source = new byte[Math.toIntExact(at + extent(walk, true))];
    random.nextBytes(source);
    byte[] expected = new byte[Math.toIntExact(into + extent(walk, false) + 8)];
    Arrays.fill(expected, UNTOUCHED);
    copy(walk, 0, source, at, expected, into);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from = arena.allocate(source.length).copyFrom(MemorySegment.ofArray(source));
      MemorySegment to = arena.allocate(expected.length).fill(UNTOUCHED);
      new PageCopy(walk).copy(from, at, to, into);
      assertArrayEquals(expected, to.toArray(ValueLayout.JAVA_BYTE), walk.axes()::toString);
      assertEquals(-1, from.mismatch(MemorySegment.ofArray(source)), "the source changed");
    }
  }

  private static void copy(BlockWalk walk, int loop, byte[] source, long at, byte[] to, long into) {
    if (loop == walk.axes().size()) {
      System.arraycopy(source, (int) at, to, (int) into, (int) walk.run());
      return;
    }
    BlockWalk.Axis axis = walk.axes().get(loop);
    for (int i = 0; i < axis.count(); i++) {
      copy(walk, loop + 1, source, at + i * axis.from(), to, into + i * axis.to());
    }
  }

  /** Up to four axes, nested in one order where bytes come from and in another where they go. */
  private static BlockWalk randomWalk(Random random) {
    long run = random.nextLong(1, random.nextBoolean() ? 40 : 300);
    int axes = random.nextInt(5);
    int[] counts = random.ints(axes, 1, axes > 2 ? 12 : 40).toArray();
    long[] from = strides(counts, run, random);
    long[] to = strides(counts, run, random);
    List<BlockWalk.Axis> walk = new ArrayList<>();
    for (int i = 0; i < axes; i++) {
      walk.add(new BlockWalk.Axis(counts[i], from[i], to[i], random.nextBoolean()));
    }
    return new BlockWalk(run, List.copyOf(walk));
  }

  /** Nests axes in a random order, at times with gaps between the steps, so that no two overlap. */
  private static long[] strides(int[] counts, long run, Random random) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    long[] strides = new long[counts.length];
    long extent = run;
    for (int axis : order) {
      strides[axis] = extent + (random.nextInt(3) == 0 ? random.nextInt(20) : 0);
      extent = strides[axis] * counts[axis];
    }
    return strides;
  }

  private static long extent(BlockWalk walk, boolean source) {
    long extent = walk.run();
    for (BlockWalk.Axis axis : walk.axes()) {
      extent += (axis.count() - 1) * (source ? axis.from() : axis.to());
    }
    return extent;
  }
}
