package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.HostPart;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import io.hicache.pool.HostPool;
import io.hicache.pool.MhaShape;
import io.hicache.pool.PoolSlots;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Servers of several tensor-parallel sizes share one store's pages, by head groups or as MLA. */
class SharedRanksTest {
  private static final int MULTIPLE = 4;
  private static final int HEADS = 8;
  private static final int LAYERS = 3;
  private static final int ROW = 32;
  private static final int PAGES = 5;
  private static final PoolSlots SLOTS = new PoolSlots(PAGES * 4L, 4);
  private static final List<PageKey> KEYS = SglangVectors.keys(PAGES);
  private static final long[] STARTS = {0, 4, 8, 12, 16};

  @TempDir Path directory;
  private final Arena arena = Arena.ofShared();

  @AfterEach
  void close() {
    arena.close();
  }

  @TestFactory
  Stream<DynamicTest> pages_ofOneTensorSize_areReadByEveryOther() {
    return Stream.of(1, 2, 4)
        .flatMap(from ->
            Stream.of(1, 2, 4)
                .map(to ->
                    DynamicTest.dynamicTest("tp " + from + " to tp " + to, () -> share(from, to))));
  }

  @Test
  void get_whereAHeadGroupIsMissing_isAbsentAndTouchesNothing() {
    set(0, 2, PageLayout.PAGE_FIRST, directory);
    HostPool whole = pool(PageLayout.LAYER_FIRST, 1);
    whole.buffers().getFirst().fill((byte) 0x5A);

    try (HiCacheStorage store = open(0, 1, directory)) {
      store.registerHostPool(whole);

      assertEquals(0, store.batchExists(KEYS));
      assertEquals(all(Outcome.ABSENT), store.batchGetV1(KEYS, STARTS).outcomes());
    }
    for (byte each : whole.buffers().getFirst().toArray(ValueLayout.JAVA_BYTE)) {
      assertEquals(0x5A, each);
    }
  }

  @Test
  void set_whereAnotherSizeStoredTheHeads_keepsThem() {
    set(0, 2, PageLayout.PAGE_FIRST, directory);
    try (HiCacheStorage store = open(1, 4, directory)) {
      store.registerHostPool(filled(PageLayout.LAYER_FIRST, 1, 4));
      assertEquals(all(Outcome.KEPT), store.batchSetV1(KEYS, STARTS).outcomes());
    }
    try (HiCacheStorage store = open(0, 1, directory)) {
      store.registerHostPool(filled(PageLayout.LAYER_FIRST, 0, 1));
      assertEquals(all(Outcome.DONE), store.batchSetV1(KEYS, STARTS).outcomes());
      assertEquals(all(Outcome.KEPT), store.batchSetV1(KEYS, STARTS).outcomes());
    }
  }

  @Test
  void delete_ofAPage_takesEveryHeadGroup() throws IOException {
    set(0, 1, PageLayout.PAGE_FIRST, directory);
    Store files = new Store(directory);
    try (HiCacheStorage store = open(0, 1, directory)) {
      assertEquals(all(Outcome.DONE), store.batchDelete(KEYS).outcomes());
      assertEquals(all(Outcome.ABSENT), store.batchDelete(KEYS).outcomes());
    }
    assertEquals(List.of(), pageFiles(files));
  }

  @Test
  void page_shorterThanItsHeadGroups_isRefused() {
    try (HiCacheStorage store = open(0, 1, directory)) {
      Page tiny = SamplePages.filled(arena, "tiny", 3, 1);
      assertEquals("[FAILED(refused)]", store.batchSet(List.of(tiny)).toString());
    }
  }

  @Test
  void page_notOfEqualHeadGroups_comesBackWhole() {
    try (HiCacheStorage store = open(0, 1, directory)) {
      assertEquals(Outcome.DONE, store.set(SamplePages.filled(arena, "odd", 1021, 7, 3)));
      Page target = SamplePages.blank(arena, "odd", 1021, 3);
      assertEquals(Outcome.DONE, store.get(target));
      SamplePages.assertHolds(3, target);
      assertEquals(1021, store.length(new PageKey("odd")).orElseThrow());
    }
  }

  @Test
  void mamba_whichHasNoHeads_isEachRanksOwn() {
    PageKey key = new PageKey("state", new PoolName("mamba"));
    try (HiCacheStorage first = open(0, 2, directory);
        HiCacheStorage second = open(1, 2, directory);
        HiCacheStorage other = open(0, 4, directory)) {
      assertEquals(Outcome.DONE, first.set(page(key, 1)));
      assertEquals(Outcome.ABSENT, second.get(page(key, 0)));
      assertEquals(Outcome.ABSENT, other.get(page(key, 0)));
      assertEquals(Outcome.DONE, second.set(page(key, 2)));
      Page target = page(key, 0);
      assertEquals(Outcome.DONE, first.get(target));
      assertEquals(1, firstByte(target));
    }
  }

  @Test
  void latentPages_ofOneTensorSize_areReadByEveryOther() {
    VectorPool family = VectorPool.named("mla-a");
    long[] starts = {8, 0, 28};
    List<PageKey> keys = SglangVectors.keys(3);
    for (int rank : new int[] {1, 0}) {
      try (HiCacheStorage store = openLatent(rank, 2)) {
        store.registerHostPool(family.filled(PageLayout.PAGE_FIRST, arena));
        Outcome expected = rank == 0 ? Outcome.DONE : Outcome.KEPT;
        var outcomes = store.batchSetV1(keys, starts).outcomes();
        assertEquals(Collections.nCopies(3, expected), outcomes);
        assertEquals(rank == 0 ? 3 : 0, store.batchExists(keys));
      }
    }
    HostPool target = family.blank(PageLayout.LAYER_FIRST, arena);
    try (HiCacheStorage store = openLatent(5, 8)) {
      store.registerHostPool(target);
      assertEquals(Collections.nCopies(3, Outcome.DONE), store.batchGetV1(keys, starts).outcomes());
    }
    HostPool expected = family.filled(PageLayout.LAYER_FIRST, arena);
    for (long start : starts) {
      assertArrayEquals(VectorPool.flat(expected, start), VectorPool.flat(target, start));
    }
  }

  /** Each rank's pool is of another layout, and none of the stored one. */
  private void share(int from, int to) {
    Path dir = directory.resolve(from + "-" + to);
    List<PageLayout> layouts = List.of(PageLayout.values());
    for (int rank = 0; rank < from; rank++) {
      set(rank, from, layouts.get(rank % layouts.size()), dir);
    }
    for (int rank = 0; rank < to; rank++) {
      PageLayout layout = layouts.get((rank + 1) % layouts.size());
      HostPool target = pool(layout, to);
      try (HiCacheStorage store = open(rank, to, dir)) {
        store.registerHostPool(target);
        assertEquals(PAGES, store.batchExists(KEYS));
        assertEquals(all(Outcome.DONE), store.batchGetV1(KEYS, STARTS).outcomes());
      }
      HostPool expected = filled(layout, rank, to);
      for (long start : STARTS) {
        assertArrayEquals(VectorPool.flat(expected, start), VectorPool.flat(target, start));
      }
    }
  }

  private void set(int rank, int size, PageLayout layout, Path dir) {
    try (HiCacheStorage store = open(rank, size, dir)) {
      store.registerHostPool(filled(layout, rank, size));
      assertEquals(all(Outcome.DONE), store.batchSetV1(KEYS, STARTS).outcomes());
    }
  }

  private HiCacheStorage open(int rank, int size, Path dir) {
    return HiCacheStorages.open(
        "file",
        config(dir)
            .withOption("stored-layout", "page-head")
            .withRanks(RankCoordinates.SINGLE.withTp(rank, size).withTpLcm(MULTIPLE)));
  }

  private HiCacheStorage openLatent(int rank, int size) {
    return HiCacheStorages.open(
        "file",
        config(directory).withMla(true).withRanks(RankCoordinates.SINGLE.withTp(rank, size)));
  }

  private static StorageConfig config(Path dir) {
    return new Store(dir).config();
  }

  private HostPool pool(PageLayout layout, int size) {
    MhaShape shape = new MhaShape(layout, SLOTS, LAYERS, HEADS / size, ROW / 2, 2);
    return HostPool.over(
        PoolName.KV, shape, arena.allocate(shape.buffers().getFirst().bytes(), 4096));
  }

  /** The heads of a rank out of the model's (2, L, S, H, D), counted out here. */
  private HostPool filled(PageLayout layout, int rank, int size) {
    HostPool ordered = pool(PageLayout.LAYER_FIRST, size);
    int heads = HEADS / size;
    MemorySegment buffer = ordered.buffers().getFirst();
    for (long row = 0; row < buffer.byteSize() / ROW; row++) {
      long head = row / heads * HEADS + (long) rank * heads + row % heads;
      for (int i = 0; i < ROW; i++) {
        buffer.set(ValueLayout.JAVA_BYTE, row * ROW + i, SglangVectors.fill(9, head * ROW + i));
      }
    }
    return VectorPool.copied(ordered, pool(layout, size));
  }

  private Page page(PageKey key, int value) {
    return Page.of(key, arena.allocate(512).fill((byte) value));
  }

  private static byte firstByte(Page page) {
    return ((HostPart) page.parts().getFirst()).segment().get(ValueLayout.JAVA_BYTE, 0);
  }

  private static List<Outcome> all(Outcome outcome) {
    return Collections.nCopies(PAGES, outcome);
  }

  private static List<Path> pageFiles(Store store) throws IOException {
    try (Stream<Path> all = Files.walk(store.directory())) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("namespace"))
          .filter(file -> !file.endsWith(".usage"))
          .toList();
    }
  }
}
