package io.hicache.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.PageLayout;
import io.hicache.PoolName;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Pages that servers of several tensor-parallel sizes share, a head group each. */
class HeadGroupsTest {

  /**
   * Two ranks of two tensor-parallel sizes share pages by head groups: what rank r of TP 2 stores
   * with four groups in all, ranks 2r and 2r+1 of TP 4 read, whatever their layouts.
   */
  @TestFactory
  Stream<DynamicTest> headGroups_acrossTensorParallelSizes_areTheSameHeads() {
    return Stream.of(PageLayout.values())
        .flatMap(from ->
            Stream.of(PageLayout.values())
                .flatMap(stored ->
                    Stream.of(PageLayout.values())
                        .map(to ->
                            DynamicTest.dynamicTest(
                                "%s stored %s to %s"
                                    .formatted(from.label(), stored.label(), to.label()),
                                () -> acrossSizes(from, stored, to)))));
  }

  private static void acrossSizes(PageLayout from, PageLayout stored, PageLayout to) {
    try (Arena arena = Arena.ofShared()) {
      PoolSlots slots = new PoolSlots(12, 4);
      HostPool two = pool(arena, new MhaShape(from, slots, 3, 4, 8, 2));
      randomise(two);
      Transcoder out = Transcoder.of(two, stored, 2);
      MemorySegment page = arena.allocate(out.storedBytes());
      for (int group = 0; group < 2; group++) {
        HostPool four = pool(arena, new MhaShape(to, slots, 3, 2, 8, 2));
        Transcoder in = Transcoder.of(four, stored, 1);
        assertEquals(out.storedBytes(), in.storedBytes());
        out.gather(8, group, page);
        in.scatter(page, 4, 0);
        assertHeads(two, four, group);
        HostPool back = pool(arena, new MhaShape(from, slots, 3, 4, 8, 2));
        Transcoder.of(back, stored, 2).scatter(page, 8, group);
        assertEquals(0, mismatchedHeads(back, two, group));
      }
    }
  }

  private static void assertHeads(HostPool two, HostPool four, int group) {
    PageAxes wide = two.shape().axes().orElseThrow();
    PageAxes narrow = four.shape().axes().orElseThrow();
    for (int half = 0; half < 2; half++) {
      for (int layer = 0; layer < 3; layer++) {
        for (int token = 0; token < 4; token++) {
          for (int head = 0; head < 2; head++) {
            assertEquals(
                -1,
                row(two, wide, 2, half, layer, token, group * 2 + head)
                    .mismatch(row(four, narrow, 1, half, layer, token, head)));
          }
        }
      }
    }
  }

  /** Counts rows of a head group that differ, and rows of the other group that were touched. */
  private static int mismatchedHeads(HostPool back, HostPool two, int group) {
    PageAxes axes = two.shape().axes().orElseThrow();
    MemorySegment zero = MemorySegment.ofArray(new byte[16]);
    int wrong = 0;
    for (int half = 0; half < 2; half++) {
      for (int layer = 0; layer < 3; layer++) {
        for (int token = 0; token < 4; token++) {
          for (int head = 0; head < 4; head++) {
            MemorySegment expected =
                head / 2 == group ? row(two, axes, 2, half, layer, token, head) : zero;
            wrong += row(back, axes, 2, half, layer, token, head).mismatch(expected) == -1 ? 0 : 1;
          }
        }
      }
    }
    return wrong;
  }

  private static MemorySegment row(
      HostPool pool, PageAxes axes, long page, int half, int layer, int token, int head) {
    Strides strides = axes.strides();
    long at =
        page * axes.pageStride()
            + half * strides.half()
            + layer * strides.layer()
            + token * strides.token()
            + head * strides.head();
    return pool.buffers().getFirst().asSlice(at, axes.form().rowBytes());
  }

  private static HostPool pool(Arena arena, PoolShape shape) {
    return HostPool.over(PoolName.KV, shape, arena.allocate(HostPool.regionBytes(shape)));
  }

  private static void randomise(HostPool pool) {
    Random random = new Random(7);
    MemorySegment memory = pool.buffers().getFirst();
    for (long i = 0; i < memory.byteSize(); i++) {
      memory.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
    }
  }
}
