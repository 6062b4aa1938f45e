package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.Outcome;
import io.hicache.PageKey;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import io.hicache.spi.NamespaceRecord;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespaceTest {
  private static final Arena ARENA = Arena.ofAuto();

  @TempDir Path directory;

  @Test
  void open_ofAnotherIdentity_seesNoneOfItsPages() {
    try (HiCacheStorage one = HiCacheStorages.open("file", config());
        HiCacheStorage other = HiCacheStorages.open("file", config().withRevision("other"))) {
      one.set(SamplePages.filled(ARENA, "a", 100, 1));

      assertFalse(other.exists(new PageKey("a")));
      other.clear();
      assertTrue(one.exists(new PageKey("a")));
    }
  }

  @Test
  void open_ofAPinnedNamespaceWithAnotherIdentity_isRefusedByField() {
    StorageConfig pinned = config().withOption("namespace", "mine");
    HiCacheStorages.open("file", pinned).close();

    HiCacheException e =
        assertThrows(
            HiCacheException.class,
            () -> HiCacheStorages.open("file", pinned.withRevision("other")));

    assertEquals(FaultKind.REFUSED, e.kind());
    assertEquals(
        "namespace mine: revision is absent in the store but \"other\" as configured; pages of the two must not mix",
        e.getMessage());
  }

  @Test
  void open_byItsRecord_comparesNothingAndFindsThePages() {
    StorageConfig pinned = config().withOption("namespace", "mine");
    try (HiCacheStorage storage = HiCacheStorages.open("file", pinned)) {
      storage.set(SamplePages.filled(ARENA, "a", 100, 1));
    }
    StorageConfig another =
        new Store(directory).config().withRevision("anything").withOption("io-threads", "2");
    NamespaceRecord record = HiCacheStorages.namespaces("file", another).get(0);

    try (HiCacheStorage storage = HiCacheStorages.open("file", another, record)) {
      assertTrue(storage.exists(new PageKey("a")));
      assertEquals("mine", storage.inspect().namespace());
    }
  }

  @Test
  void namespaces_ofAStore_areItsRecordsInOrder() throws IOException {
    HiCacheStorages.open("file", config().withOption("namespace", "b")).close();
    HiCacheStorages.open("file", config().withOption("namespace", "a")).close();
    Files.createDirectories(directory.resolve("no-namespace"));
    Files.writeString(directory.resolve("a-file"), "");
    Files.writeString(
        Files.createDirectories(directory.resolve("damaged")).resolve("namespace"), "what?");

    List<NamespaceRecord> records = HiCacheStorages.namespaces("file", config());

    assertEquals(List.of("a", "b"), records.stream().map(NamespaceRecord::id).toList());
    assertEquals(NamespaceRecord.of(config(), Optional.of("a")), records.get(0));
  }

  @Test
  void namespaces_ofAStoreThatIsNotThere_areNone() {
    StorageConfig missing = config().withOption("dir", directory.resolve("missing").toString());

    assertEquals(List.of(), HiCacheStorages.namespaces("file", missing));
    assertFalse(Files.exists(directory.resolve("missing")));
  }

  @Test
  void open_whereTheRecordIsDamaged_isRefusedAndNamesTheFile() throws IOException {
    HiCacheStorages.open("file", config().withOption("namespace", "mine")).close();
    Path record = directory.resolve("mine/namespace");
    Files.writeString(record, "");

    HiCacheException e =
        assertThrows(
            HiCacheException.class,
            () -> HiCacheStorages.open("file", config().withOption("namespace", "mine")));

    assertEquals(FaultKind.REFUSED, e.kind());
    assertTrue(e.getMessage().contains(record.toString()), e.getMessage());
  }

  @Test
  void open_byManyAtOnce_agreesOnOneRecord() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (int round = 0; round < 20; round++) {
        StorageConfig pinned = config().withOption("namespace", "n" + round);
        List<Future<Boolean>> opened = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
          StorageConfig mine = i % 2 == 0 ? pinned : pinned.withRevision("other");
          opened.add(threads.submit(() -> opens(mine)));
        }
        assertEquals(8, winners(opened), "round " + round);
        assertEquals(List.of("namespace"), names(directory.resolve("n" + round)));
      }
    }
  }

  @Test
  void set_byRanksThatShareANamespace_neverMixesTheirPages() {
    RankCoordinates two = RankCoordinates.SINGLE.withTp(0, 2).withTpLcm(4);
    StorageConfig zero = config().withRanks(two);
    StorageConfig one = config().withRanks(two.withTp(1, 2));
    try (HiCacheStorage first = HiCacheStorages.open("file", zero);
        HiCacheStorage second = HiCacheStorages.open("file", one)) {
      assertEquals(first.inspect().namespace(), second.inspect().namespace());
      first.set(SamplePages.filled(ARENA, "a", 100, 1));

      assertFalse(second.exists(new PageKey("a")));
      assertEquals(Outcome.DONE, second.set(SamplePages.filled(ARENA, "a", 100, 2)));
      assertEquals(4, first.inspect().pages().orElseThrow(), "head groups, two of each rank's");
    }
  }

  private static boolean opens(StorageConfig config) {
    try {
      HiCacheStorages.open("file", config).close();
      return true;
    } catch (HiCacheException e) {
      assertEquals(FaultKind.REFUSED, e.kind());
      return false;
    }
  }

  private static int winners(List<Future<Boolean>> opened)
      throws InterruptedException, ExecutionException {
    int winners = 0;
    for (Future<Boolean> each : opened) {
      winners += each.get() ? 1 : 0;
    }
    return winners;
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private StorageConfig config() {
    return new Store(directory).config();
  }
}
