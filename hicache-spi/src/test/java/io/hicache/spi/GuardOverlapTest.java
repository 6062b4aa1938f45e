package io.hicache.spi;

import static io.hicache.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.DevicePart;
import io.hicache.HiCacheStorage;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No byte of a read is the target of two parts. */
class GuardOverlapTest {
  private final MemorySegment memory = Guarded.memory(1024);
  private final Guarded guarded = Guarded.open();
  private final HiCacheStorage store = guarded.store();

  private Part part(long from, long to) {
    return Part.of(memory.asSlice(from, to - from));
  }

  private static Page page(String key, Part... parts) {
    return new Page(new PageKey(key), List.of(parts));
  }

  @Test
  void batchGet_intoIdenticalTargets_isRefused() {
    assertRefused(
        () -> store.batchGet(List.of(page("a", part(0, 64)), page("b", part(0, 64)))),
        "targets[0] (key a), part 0",
        "targets[1] (key b), part 0",
        "must not overlap");
    assertEquals(List.of(), guarded.backend().events);
  }

  @Test
  void batchGet_intoTargetsThatShareOneByte_isRefused() {
    assertRefused(
        () ->
            store.batchGet(
                List.of(page("a", part(63, 128)), page("b", part(200, 300), part(0, 64)))),
        "targets[0] (key a), part 0",
        "targets[1] (key b), part 1");
  }

  @Test
  void batchGet_intoATargetInsideAnother_isRefused() {
    assertRefused(
        () -> store.batchGet(List.of(page("in", part(100, 101)), page("out", part(0, 1024)))),
        "key in",
        "key out");
  }

  @Test
  void get_intoPartsThatOverlap_isRefused() {
    assertRefused(
        () -> store.get(page("a", part(0, 64), part(32, 96))), "part 0", "part 1", "overlap");
  }

  @Test
  void batchGet_intoAdjacentTargetsInAnyOrder_isTaken() {
    store.batchGet(
        List.of(page("a", part(64, 128), part(0, 64)), page("b", part(128, 129), part(256, 512))));
    assertEquals(1, guarded.backend().count("batchGet"));
  }

  @Test
  void batchSet_fromSourcesThatOverlap_isTaken() {
    store.batchSet(List.of(page("a", part(0, 64)), page("b", part(0, 64), part(32, 96))));
    assertEquals(1, guarded.backend().count("batchSet"));
  }

  @Test
  void batchGet_ofOneKeyIntoTargetsThatDiffer_isTaken() {
    store.batchGet(List.of(page("a", part(0, 64)), page("a", part(64, 128))));
    assertEquals(1, guarded.backend().count("batchGet"));
  }

  @Test
  void batchGet_intoDeviceTargetsThatOverlap_isRefused() {
    assertRefused(
        () ->
            store.batchGet(
                List.of(
                    page("a", new DevicePart(0, 4096, 64)),
                    page("b", new DevicePart(1, 4096, 64), new DevicePart(0, 4159, 1)))),
        "targets[0] (key a), part 0",
        "targets[1] (key b), part 1");
    assertRefused(
        () -> store.get(page("high", new DevicePart(0, -4096, 64), new DevicePart(0, -4100, 64))),
        "overlap");
    assertEquals(List.of(), guarded.backend().events);
  }

  @Test
  void batchGet_intoDeviceTargetsThatDiffer_isTaken() {
    store.batchGet(
        List.of(
            page("a", new DevicePart(0, 4096, 64), new DevicePart(0, 4160, 64)),
            page("b", new DevicePart(1, 4096, 64), part(0, 64)),
            page("c", new DevicePart(1, memory.address(), 64)),
            page("d", new DevicePart(0, Long.MAX_VALUE - 9, 10), new DevicePart(0, -100, 9))));
    assertEquals(1, guarded.backend().count("batchGet"));
  }

  /** Against the plain definition: no two parts share a byte. */
  @Test
  void batchGet_intoRandomTargets_isRefusedExactlyIfTwoPartsShareAByte() {
    Random random = new Random(42);
    int refused = 0;
    int rounds = 2000;
    for (int round = 0; round < rounds; round++) {
      List<Page> targets = new ArrayList<>();
      boolean[] taken = new boolean[64];
      boolean shared = false;
      int parts = 1 + random.nextInt(8);
      for (int i = 0; i < parts; i++) {
        int from = random.nextInt(60);
        int to = from + 1 + random.nextInt(Math.min(6, 64 - from));
        targets.add(page("k" + i, part(from, to)));
        for (int at = from; at < to; at++) {
          shared |= taken[at];
          taken[at] = true;
        }
      }
      if (shared) {
        refused++;
        assertRefused(() -> store.batchGet(targets), "must not overlap", " and ");
      } else {
        store.batchGet(targets);
      }
    }
    assertEquals(rounds - refused, guarded.backend().count("batchGet"));
    assertEquals(true, refused > rounds / 10 && refused < rounds * 9 / 10, refused + " refused");
  }

  /** As in a layer-first pool: some slots of a grid, one part shifted now and then. */
  @Test
  void batchGet_intoSlotsOfAPool_isRefusedExactlyIfTwoPartsShareAByte() {
    Random random = new Random(43);
    int taken = 0;
    for (int round = 0; round < 2000; round++) {
      List<Page> targets = new ArrayList<>();
      boolean[] seen = new boolean[1024];
      boolean shared = false;
      List<Integer> slots = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7));
      Collections.shuffle(slots, random);
      for (int slot : slots.subList(0, 1 + random.nextInt(8))) {
        List<Part> parts = new ArrayList<>();
        for (int layer = 0; layer < 4 - random.nextInt(10) / 9; layer++) {
          int from = (layer * 8 + slot) * 8 + (random.nextInt(40) == 0 ? 3 : 0);
          parts.add(part(from, from + 8));
          for (int at = from; at < from + 8; seen[at++] = true) {
            shared |= seen[at];
          }
        }
        targets.add(new Page(new PageKey("k" + slot), parts));
      }
      if (shared) {
        assertRefused(() -> store.batchGet(targets), "must not overlap", " and ");
      } else {
        store.batchGet(targets);
        taken++;
      }
    }
    assertEquals(taken, guarded.backend().count("batchGet"));
    assertEquals(true, taken > 500 && taken < 1900, taken + " taken");
  }
}
