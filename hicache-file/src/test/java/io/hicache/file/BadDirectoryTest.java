package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.BatchResult;
import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that cannot hold a store, or stop doing so. */
class BadDirectoryTest {
  private static final Arena ARENA = Arena.ofAuto();

  @TempDir Path directory;

  @Test
  void open_ofAFile_isRefusedByName() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertRefused(file, "option dir", file.toString(), "must be a directory");
    assertRefused(file.resolve("below"), "option dir", "parent must be a directory");
    assertEquals("", Files.readString(file));
  }

  @Test
  void open_belowAMissingDirectory_isRefusedByName() {
    Path missing = directory.resolve("missing");

    assertRefused(missing.resolve("store"), "option dir", missing + "/store", "parent must be");
    assertFalse(Files.exists(missing));
  }

  @Test
  void open_ofAMissingDirectory_makesIt() {
    try (HiCacheStorage storage = new Store(directory.resolve("new")).open()) {
      assertEquals(Outcome.DONE, storage.set(page("a")));
    }
  }

  @Test
  void open_whereTheNamespaceIsAFile_isRefused() throws IOException {
    Files.writeString(store().namespace(), "");

    HiCacheException e = assertThrows(HiCacheException.class, () -> store().open());

    assertTrue(e.getMessage().contains(store().namespace().toString()), e.getMessage());
  }

  @Test
  void batchSet_whereTheNamespaceWasDeleted_makesItAnew() throws IOException {
    try (HiCacheStorage storage = store().open()) {
      storage.set(page("a"));
      byte[] record = Files.readAllBytes(store().namespace().resolve("namespace"));
      delete(store().namespace());

      assertEquals(Outcome.ABSENT, storage.get(page("a")));
      assertFalse(storage.exists(new PageKey("a")));
      assertEquals(Outcome.DONE, storage.set(page("a")));
      assertEquals(Outcome.DONE, storage.get(page("a")));
      assertEquals(-1, mismatch(record, store().namespace().resolve("namespace")));
    }
  }

  @Test
  void batchSet_whereTheStoreWasDeleted_isUnavailableAndGoesNoFurther() throws IOException {
    Store store = new Store(directory.resolve("store"));
    try (HiCacheStorage storage = store.open("io-threads", "1")) {
      delete(store.directory());

      BatchResult result = storage.batchSet(List.of(page("a"), page("b"), page("c")));

      assertEquals("[FAILED(unavailable), SKIPPED×2]", result.toString());
      String message = result.firstFailure().orElseThrow().getMessage();
      assertTrue(message.contains(store.directory().toString()), message);
      assertFalse(Files.exists(store.directory()));
      assertEquals(Outcome.ABSENT, storage.get(page("a")));
      assertEquals(Outcome.ABSENT, storage.delete(new PageKey("a")));
    }
  }

  @Test
  void everyCall_onAFileThatCannotBeLookedAt_fails() throws IOException {
    try (HiCacheStorage storage = store().open()) {
      storage.set(page("a"));
      Path file = store().onlyFile();
      Files.delete(file);
      Files.createSymbolicLink(file, file.getFileName());
      PageKey key = new PageKey("a");

      assertEquals("[FAILED(internal)]", storage.batchPresent(List.of(key)).toString());
      assertEquals("[FAILED(internal)]", storage.batchGet(List.of(page("a"))).toString());
      assertEquals("[FAILED(internal)]", storage.batchSet(List.of(page("a"))).toString());
      HiCacheException e = assertThrows(HiCacheException.class, () -> storage.length(key));
      assertEquals(FaultKind.INTERNAL, e.kind());
      assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    }
  }

  @Test
  void everyCall_onADirectoryInAPagesPlace_neitherThrowsNorHits() throws IOException {
    try (HiCacheStorage storage = store().open()) {
      storage.set(page("a"));
      Path file = store().onlyFile();
      Files.delete(file);
      Files.createDirectories(file.resolve("full"));

      assertFalse(storage.exists(new PageKey("a")));
      assertEquals("[FAILED(internal)]", storage.batchGet(List.of(page("a"))).toString());
      assertEquals("[FAILED(internal)]", storage.batchSet(List.of(page("a"))).toString());
      assertEquals("[FAILED(internal)]", storage.batchDelete(List.of(new PageKey("a"))).toString());
      assertEquals(List.of(), store().files());
    }
  }

  @Test
  void everyCall_whereAShardIsAFile_failsAndLeavesIt() throws IOException {
    try (HiCacheStorage storage = store().open()) {
      storage.set(page("a"));
      Path file = store().onlyFile();
      Path shard = Objects.requireNonNull(file.getParent());
      delete(shard);
      Files.writeString(shard, "in the way");

      assertEquals(1, storage.batchSet(List.of(page("a"))).count(Outcome.FAILED_INTERNAL));
      assertEquals(1, storage.batchGet(List.of(page("a"))).count(Outcome.FAILED_INTERNAL));
      storage.clear();
      assertEquals(0, storage.inspect().pages().orElseThrow());
      assertEquals("in the way", Files.readString(shard));
    }
  }

  private static void assertRefused(Path dir, String... words) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Store(dir).open());

    for (String word : words) {
      assertTrue(String.valueOf(e.getMessage()).contains(word), e.getMessage());
    }
  }

  private static long mismatch(byte[] expected, Path file) throws IOException {
    return Arrays.mismatch(expected, Files.readAllBytes(file));
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static Page page(String key) {
    return SamplePages.filled(ARENA, key, 1_000, 1);
  }

  private Store store() {
    return new Store(directory);
  }
}
