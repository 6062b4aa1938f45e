package io.hicache.file;

import static io.hicache.PageLayout.LAYER_FIRST;
import static io.hicache.PageLayout.PAGE_FIRST;
import static io.hicache.PageLayout.PAGE_FIRST_DIRECT;
import static io.hicache.PageLayout.PAGE_HEAD;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.Outcome;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.StorageConfig;
import io.hicache.pool.HostPool;
import io.hicache.spi.NamespaceRecord;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Pages stored in one layout come back into a pool of any other of its family. */
class StoredLayoutTest {
  private static final List<PageLayout> LATENT =
      List.of(LAYER_FIRST, PAGE_FIRST, PAGE_FIRST_DIRECT);
  private static final Map<String, List<PageLayout>> FAMILIES =
      Map.of(
          "mha-a", List.of(LAYER_FIRST, PAGE_FIRST, PAGE_FIRST_DIRECT, PAGE_HEAD),
          "konly", LATENT,
          "mla-a", LATENT,
          "mla-dcp", LATENT,
          "dsv4", LATENT,
          "dsa-indexer", LATENT,
          "mamba-a", List.of(PAGE_FIRST));

  @TempDir Path directory;
  private final Arena arena = Arena.ofShared();

  @AfterEach
  void close() {
    arena.close();
  }

  @TestFactory
  Stream<DynamicTest> pages_ofEachLayout_areRestoredIntoEveryOther() {
    return FAMILIES.entrySet().stream()
        .flatMap(family ->
            family.getValue().stream()
                .flatMap(stored ->
                    family.getValue().stream()
                        .map(from ->
                            DynamicTest.dynamicTest(
                                "%s from %s as %s".formatted(family.getKey(), from, stored),
                                () -> restore(family.getKey(), from, stored, family.getValue())))));
  }

  @Test
  void open_inAnotherStoredLayout_isAnotherNamespace() {
    try (HiCacheStorage one = open(config(PAGE_FIRST));
        HiCacheStorage other = open(config(PAGE_HEAD));
        HiCacheStorage same =
            open(new Store(directory).config().withLayout(PageLayout.PAGE_FIRST))) {
      assertNotEquals(one.inspect().namespace(), other.inspect().namespace());
      assertEquals(one.inspect().namespace(), same.inspect().namespace());
    }
  }

  @Test
  void openByRecord_inAnotherStoredLayout_isRefused() {
    open(config(PAGE_FIRST)).close();
    NamespaceRecord record = HiCacheStorages.namespaces("file", config(PAGE_FIRST)).getFirst();

    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> HiCacheStorages.open("file", config(PAGE_HEAD), record))
                .getMessage());

    assertTrue(message.contains("option stored-layout of backend file is page_head"), message);
    assertTrue(message.contains("page_first, as namespace " + record.id()), message);
  }

  @Test
  void openByRecord_withAPoolOfAnotherLayout_restoresIt() {
    VectorPool family = VectorPool.named("mha-a");
    HostPool from = family.filled(PAGE_HEAD, arena);
    set(from, config(PAGE_FIRST));
    NamespaceRecord record = HiCacheStorages.namespaces("file", config(PAGE_FIRST)).getFirst();
    HostPool to = family.blank(LAYER_FIRST, arena);

    try (HiCacheStorage store =
        HiCacheStorages.open("file", new Store(directory).config(), record)) {
      get(to, store);
    }

    assertSame(family.filled(LAYER_FIRST, arena), to);
  }

  @Test
  void exists_ofAPageOfAnotherLength_isFalseOnceThePoolIsKnown() {
    VectorPool family = VectorPool.named("mha-a");
    List<PageKey> keys = SglangVectors.keys(1);
    try (HiCacheStorage store = open(config(LAYER_FIRST))) {
      store.set(SamplePages.filled(arena, keys.getFirst().value(), 1000, 1));
      assertEquals(1, store.batchExists(keys));

      store.registerHostPool(family.blank(LAYER_FIRST, arena));

      assertEquals(0, store.batchExists(keys));
    }
  }

  private void restore(String name, PageLayout from, PageLayout stored, List<PageLayout> layouts) {
    VectorPool family = VectorPool.named(name);
    StorageConfig config =
        config(stored).withOption("dir", directory.resolve(from + "-" + stored + name).toString());
    set(family.filled(from, arena), config);
    for (PageLayout layout : layouts) {
      HostPool to = family.blank(layout, arena);
      try (HiCacheStorage store = open(config)) {
        get(to, store);
      }
      assertSame(family.filled(layout, arena), to);
    }
  }

  private static void set(HostPool from, StorageConfig config) {
    try (HiCacheStorage store = open(config)) {
      store.registerHostPool(from);
      long[] slots = slots(from);
      assertEquals(done(slots), store.batchSetV1(keys(slots), slots).outcomes());
    }
  }

  private static void get(HostPool to, HiCacheStorage store) {
    store.registerHostPool(to);
    long[] slots = slots(to);
    assertEquals(done(slots), store.batchGetV1(keys(slots), slots).outcomes());
  }

  private static void assertSame(HostPool expected, HostPool actual) {
    for (long slot : slots(expected)) {
      assertArrayEquals(
          VectorPool.flat(expected, slot), VectorPool.flat(actual, slot), () -> "slot " + slot);
    }
  }

  private static long[] slots(HostPool pool) {
    var slots = pool.shape().slots();
    return LongStream.range(0, slots.pages()).map(i -> i * slots.pageTokens()).toArray();
  }

  private static List<PageKey> keys(long[] slots) {
    return new ArrayList<>(SglangVectors.keys(slots.length));
  }

  private static List<Outcome> done(long[] slots) {
    return Collections.nCopies(slots.length, Outcome.DONE);
  }

  private StorageConfig config(PageLayout stored) {
    return new Store(directory).config().withOption("stored-layout", stored.label());
  }

  private static HiCacheStorage open(StorageConfig config) {
    return HiCacheStorages.open("file", config);
  }
}
