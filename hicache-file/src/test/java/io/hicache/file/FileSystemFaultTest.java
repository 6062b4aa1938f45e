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
import io.hicache.spi.Diagnosis;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full and a read-only file system, which only root can make: runs with hicache.test.root. */
@Tag("root")
class FileSystemFaultTest {
  private static final Arena ARENA = Arena.ofAuto();
  private static final int MIB = 1 << 20;

  @TempDir Path directory;

  @BeforeEach
  void mount() throws Exception {
    SystemCommand.run(
        "mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", directory.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    SystemCommand.run("umount", directory.toString());
  }

  @Test
  void batchSet_onAFullDisk_isRefusedAndLeavesNothingHalf() throws IOException {
    List<Page> pages = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      pages.add(SamplePages.filled(ARENA, "a" + i, MIB, i));
    }
    try (HiCacheStorage storage = unbounded()) {
      BatchResult result = storage.batchSet(pages);

      assertTrue(result.count(Outcome.DONE) > 3, result::toString);
      assertEquals(12, result.count(Outcome.DONE) + result.count(Outcome.FAILED_REFUSED));
      assertFalse(result.allDone());
      String message = result.firstFailure().orElseThrow().getMessage();
      assertTrue(message.contains("o space left") && message.contains("clear pages"), message);
      assertEquals(result.count(Outcome.DONE), store().files().size());
      assertReadable(storage, result);
      storage.clear();
      assertEquals(Outcome.DONE, storage.set(pages.get(11)));
    }
  }

  @Test
  void batchSet_onAFullDiskThatMayBeEvictedFrom_makesRoom() throws IOException {
    List<Page> pages = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      pages.add(SamplePages.filled(ARENA, "a" + i, MIB, i));
    }
    for (String least : List.of("1MiB", "1B")) {
      try (HiCacheStorage storage = store().open("min-free-space", least)) {
        for (Page page : pages) {
          assertEquals(Outcome.DONE, storage.set(page), least);
        }
        assertEquals(Outcome.DONE, storage.get(SamplePages.blank(ARENA, "a29", MIB)));
        assertEquals(Outcome.ABSENT, storage.get(SamplePages.blank(ARENA, "a0", MIB)));
        storage.clear();
      }
    }
  }

  @Test
  void open_onADiskThatIsFullAlready_readsAndTellsWhyItCannotWrite() throws Exception {
    Page page = SamplePages.filled(ARENA, "a", MIB, 1);
    try (HiCacheStorage storage = unbounded()) {
      storage.set(page);
    }
    SystemCommand.run(
        "sh", "-c", "cat /dev/zero > " + directory.resolve("filler") + " 2>/dev/null || true");

    try (HiCacheStorage storage = store().open()) {
      assertEquals(Outcome.DONE, storage.get(SamplePages.blank(ARENA, "a", MIB)));
      BatchResult result = storage.batchSet(List.of(SamplePages.filled(ARENA, "b", 4 * MIB, 2)));
      assertEquals("[FAILED(refused)]", result.toString());
    }
  }

  @Test
  void everyCall_onAReadOnlyDisk_readsAndRefusesToWrite() throws Exception {
    Page page = SamplePages.filled(ARENA, "a", MIB, 1);
    try (HiCacheStorage storage = unbounded()) {
      storage.set(page);
      SystemCommand.run("mount", "-o", "remount,ro", directory.toString());

      BatchResult result = storage.batchSet(List.of(SamplePages.filled(ARENA, "b", 10, 1)));

      assertEquals("[FAILED(refused)]", result.toString());
      assertEquals(Outcome.KEPT, storage.set(page));
      assertEquals(Outcome.DONE, storage.get(SamplePages.blank(ARENA, "a", MIB)));
      assertEquals("[FAILED(refused)]", storage.batchDelete(List.of(new PageKey("a"))).toString());
      HiCacheException e = assertThrows(HiCacheException.class, storage::clear);
      assertEquals(FaultKind.REFUSED, e.kind());
    }
  }

  @Test
  void open_ofAReadOnlyDirectory_isRefusedByName() throws Exception {
    SystemCommand.run("mount", "-o", "remount,ro", directory.toString());

    HiCacheException e = assertThrows(HiCacheException.class, () -> store().open());
    HiCacheException below =
        assertThrows(HiCacheException.class, () -> new Store(directory.resolve("new")).open());
    Diagnosis diagnosis = new FileStorageProvider().diagnose(store().config());

    assertEquals(FaultKind.REFUSED, e.kind());
    assertTrue(e.getMessage().contains("option dir"), e.getMessage());
    assertTrue(e.getMessage().contains(directory.toString()), e.getMessage());
    assertEquals(FaultKind.REFUSED, below.kind());
    assertFalse(diagnosis.available(), diagnosis.toString());
  }

  private static void assertReadable(HiCacheStorage storage, BatchResult written) {
    for (int i = 0; i < written.size(); i++) {
      Page target = SamplePages.blank(ARENA, "a" + i, MIB);
      boolean done = written.get(i) == Outcome.DONE;
      assertEquals(done ? Outcome.DONE : Outcome.ABSENT, storage.get(target));
      if (done) {
        SamplePages.assertHolds(i, target);
      }
    }
  }

  /** One that evicts nothing, and maps no file, which a remount would wait for. */
  private HiCacheStorage unbounded() {
    return store().open("min-free-space", "0B");
  }

  private Store store() {
    return new Store(directory);
  }
}
