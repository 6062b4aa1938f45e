package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.StorageConfig;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is bounded: what goes, what stays, and that the bound is kept. */
class EvictionTest {
  private static final Arena ARENA = Arena.ofAuto();
  private static final int BYTES = 10_000;
  private static final int MOST = 20 * (BYTES + 32);

  @TempDir Path directory;

  @Test
  void batchSet_ofMoreThanFits_keepsTheBoundAndTheNewest() throws IOException {
    try (HiCacheStorage storage = bounded(MOST)) {
      for (int i = 0; i < 100; i++) {
        assertEquals(Outcome.DONE, storage.set(page("a" + i)));
        age(store().files(), i - 100);
        assertTrue(size() <= MOST, () -> "after a write the store takes more than its bound");
      }
      assertTrue(storage.exists(new PageKey("a99")));
      assertFalse(storage.exists(new PageKey("a0")));
      assertTrue(store().files().size() >= 15, "no more was evicted than the low watermark asks");
      SamplePages.assertHolds(99, read(storage, "a99"));
    }
  }

  @Test
  void get_ofAnOldPage_keepsItFromEviction() throws IOException {
    try (HiCacheStorage storage = bounded(MOST)) {
      fill(storage, 18);
      age(store().files(), -1_000);
      SamplePages.assertHolds(3, read(storage, "a3"));
      assertEquals(Outcome.KEPT, storage.set(page("a4")));

      for (int i = 20; i < 36; i++) {
        storage.set(page("a" + i));
      }

      assertTrue(storage.exists(new PageKey("a3")), "read");
      assertTrue(storage.exists(new PageKey("a4")), "found there by a write");
      assertFalse(storage.exists(new PageKey("a5")));
    }
  }

  @Test
  void eviction_ofAPage_takesItsSidePoolsAlong() throws IOException {
    try (HiCacheStorage storage = bounded(MOST)) {
      PageKey side = new PageKey("a0", new PoolName("mamba"));
      storage.set(page("a0"));
      storage.set(new Page(side, page("a0").parts()));
      age(store().files(), -1_000);
      fill(storage, 40);
      age(store().files(), 0);

      assertEquals(storage.exists(new PageKey("a0")), storage.exists(side));
      assertFalse(storage.exists(side));
    }
  }

  @Test
  void open_whereTheCounterIsALink_isRefusedAndTheFileItLeadsToIsAsItWas() throws IOException {
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "mine");
    Files.createSymbolicLink(directory.resolve(".usage"), elsewhere);

    assertThrows(HiCacheException.class, () -> bounded(MOST));

    assertEquals("mine", Files.readString(elsewhere));
  }

  @Test
  void close_rightAfterARead_leavesThePageYoung() throws IOException {
    try (HiCacheStorage storage = bounded(MOST)) {
      storage.set(page("a0"));
      age(store().files(), -1_000);
      read(storage, "a0");
    }
    Instant used = Files.getLastModifiedTime(store().onlyFile()).toInstant();
    assertTrue(used.isAfter(Instant.now().minusSeconds(100)), used::toString);
  }

  @Test
  void set_ofAPageLargerThanTheBound_isRefused() throws IOException {
    try (HiCacheStorage storage = bounded(BYTES)) {
      BatchResult result = storage.batchSet(List.of(page("a0")));

      assertEquals("[FAILED(refused)]", result.toString());
      String message = result.firstFailure().orElseThrow().getMessage();
      assertTrue(message.contains("max-size"), message);
      assertEquals(0, store().files().size());
    }
  }

  @Test
  void overwriteDeleteAndClear_giveTheirRoomBack() throws IOException {
    try (HiCacheStorage storage = bounded(MOST)) {
      for (int round = 0; round < 30; round++) {
        storage.batchSet(List.of(page("a0"), page("a1")), CallOptions.DEFAULT.withOverwrite(true));
        storage.delete(new PageKey("a1"));
      }
      fill(storage, 15);
      assertEquals(15, store().files().size(), "nothing was evicted, so nothing was miscounted");
      storage.clear();
      fill(storage, 18);
      assertEquals(18, store().files().size());
    }
  }

  @Test
  void open_ofAStoreThatTakesMoreThanItsBound_evictsWithTheNextWrite() throws IOException {
    try (HiCacheStorage storage = store().open()) {
      fill(storage, 60);
    }
    Files.deleteIfExists(directory.resolve(".usage"));
    try (HiCacheStorage storage = bounded(MOST)) {
      storage.set(page("b"));
      // The first look is not waited for by open; this write's eviction looks for itself.
      storage.set(page("c"));
      while (size() > MOST) {
        storage.set(page("d" + System.nanoTime()));
      }
      assertTrue(storage.exists(new PageKey("c")));
    }
  }

  /** Issue C's bound: at no moment more than 2 % over. */
  @Test
  void twoProcesses_writingThreeTimesTheBoundEach_keepIt() throws Exception {
    long most = 20L << 20;
    int bytes = 128 << 10;
    String[] common = {directory.toString(), Long.toString(most), "480", Integer.toString(bytes)};
    Process one = ChildJvm.start(BoundedWritingProcess.class, with(common, "one-"));
    Process two = ChildJvm.start(BoundedWritingProcess.class, with(common, "two-"));
    long largest = 0;
    while (one.isAlive() || two.isAlive()) {
      signal("-STOP", one, two);
      largest = Math.max(largest, Files.exists(store().namespace()) ? size() : 0);
      signal("-CONT", one, two);
    }
    assertEquals(0, one.waitFor());
    assertEquals(0, two.waitFor());
    System.out.println("largest: " + largest + " bytes, of " + most);
    assertTrue(largest <= most * 1.02, largest + " bytes at once, with a bound of " + most);
    assertTrue(size() >= most * 0.8, () -> "evicted much more than the low watermark asks");
  }

  @Test
  void batchSet_whereAnOldFileCannotBeRemoved_passesItOver() throws IOException {
    try (HiCacheStorage storage = bounded(MOST)) {
      fill(storage, 10);
      Path stuck = store().files().getFirst();
      Files.delete(stuck);
      Files.createDirectories(stuck.resolve("not-a-file"));
      Files.setLastModifiedTime(stuck, FileTime.from(Instant.EPOCH));
      for (int i = 20; i < 80; i++) {
        assertEquals(Outcome.DONE, storage.set(page("a" + i)));
        assertTrue(size() <= MOST);
      }
    }
  }

  /** Stops both, or lets them go on: files are summed while none moves. */
  private static void signal(String signal, Process one, Process two) throws Exception {
    String command = "kill %s %d %d".formatted(signal, one.pid(), two.pid());
    new ProcessBuilder("sh", "-c", command) // the shell has it, and may be all that does
        .redirectErrorStream(true)
        .start()
        .waitFor();
  }

  private static String[] with(String[] common, String last) {
    String[] all = Arrays.copyOf(common, common.length + 1);
    all[common.length] = last;
    return all;
  }

  private void fill(HiCacheStorage storage, int pages) {
    for (int i = 0; i < pages; i++) {
      Outcome outcome = storage.set(page("a" + i));
      assertTrue(outcome == Outcome.DONE || outcome == Outcome.KEPT, outcome.toString());
    }
  }

  private Page read(HiCacheStorage storage, String key) {
    Page target = SamplePages.blank(ARENA, key, BYTES);
    assertEquals(Outcome.DONE, storage.get(target));
    return target;
  }

  private static Page page(String key) {
    int seed = key.startsWith("a") ? Integer.parseInt(key.substring(1)) : 0;
    return SamplePages.filled(ARENA, key, BYTES, seed);
  }

  /** Sets files back, so that the order of their last uses is not a matter of clock ticks. */
  private static void age(List<Path> files, int seconds) throws IOException {
    Instant now = Instant.now();
    for (Path file : files) {
      try {
        if (Files.getLastModifiedTime(file).toInstant().isAfter(now.minus(Duration.ofSeconds(5)))) {
          Files.setLastModifiedTime(file, FileTime.from(now.plusSeconds(seconds)));
        }
      } catch (NoSuchFileException e) {
        // Evicted meanwhile.
      }
    }
  }

  private long size() throws IOException {
    long bytes = 0;
    for (Path file : store().files()) {
      try {
        bytes += Files.size(file);
      } catch (NoSuchFileException e) {
        // Evicted meanwhile.
      }
    }
    return bytes;
  }

  private HiCacheStorage bounded(long bytes) {
    StorageConfig config = store().config().withOption("max-size", bytes + "B");
    return HiCacheStorages.open("file", config.withOption("min-free-space", "0B"));
  }

  private Store store() {
    return new Store(directory);
  }
}
