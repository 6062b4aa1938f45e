package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.Feature;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.StoreReport;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStorageTest {
  private static final Arena ARENA = Arena.ofAuto();

  @TempDir Path directory;

  @Test
  void batchGet_ofWhatAnotherStorageSet_isExact() {
    for (String checksum : List.of("crc32c", "off")) {
      for (int parts : new int[] {1, 3, 160, 1_022, 1_023, 1_024, 1_025, 2_100}) {
        roundTrip(checksum, parts);
      }
    }
  }

  private void roundTrip(String checksum, int parts) {
    List<Page> sources = new ArrayList<>();
    List<Page> targets = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String key = checksum + "-" + parts + "-" + i;
      long bytes = (256 << 10) * (i + 1L) + i - 2;
      sources.add(SamplePages.filled(ARENA, key, bytes, parts, i));
      targets.add(SamplePages.blank(ARENA, key, bytes, parts));
    }
    try (HiCacheStorage one = store().open("checksum", checksum);
        HiCacheStorage other = store().open("checksum", checksum)) {
      BatchResult written = one.batchSet(sources);
      BatchResult read = other.batchGet(targets);

      assertEquals(BatchResult.all(5, Outcome.DONE), written, written.firstFailure().toString());
      assertEquals(BatchResult.all(5, Outcome.DONE), read, read.firstFailure().toString());
    }
    for (int i = 0; i < 5; i++) {
      SamplePages.assertHolds(i, targets.get(i));
    }
  }

  @Test
  void get_whereOneSideChecksAndTheOtherDoesNot_isDone() {
    try (HiCacheStorage checking = store().open();
        HiCacheStorage trusting = store().open("checksum", "off")) {
      checking.set(SamplePages.filled(ARENA, "checked", 1_000, 1));
      trusting.set(SamplePages.filled(ARENA, "trusted", 1_000, 2));

      assertEquals(Outcome.DONE, checking.get(SamplePages.blank(ARENA, "trusted", 1_000)));
      assertEquals(Outcome.DONE, trusting.get(SamplePages.blank(ARENA, "checked", 1_000)));
      assertTrue(checking.capabilities().has(Feature.CHECKSUMS));
      assertFalse(trusting.capabilities().has(Feature.CHECKSUMS));
    }
  }

  @Test
  void set_ofAPage_leavesPayloadThenRecord() throws IOException {
    Page page = SamplePages.filled(ARENA, "a", 1_000, 7);
    try (HiCacheStorage storage = store().open()) {
      storage.set(page);
    }
    byte[] file = Files.readAllBytes(store().onlyFile());

    assertEquals(1_032, file.length);
    for (int i = 0; i < 1_000; i++) {
      assertEquals(SamplePages.at(i, 7), file[i]);
    }
    assertTrue(RecordBytes.intact("kv-a", file));
  }

  @Test
  void set_withoutChecksum_saysSoInTheRecord() throws IOException {
    try (HiCacheStorage storage = store().open("checksum", "off")) {
      storage.set(SamplePages.filled(ARENA, "a", 1_000, 7));
    }
    byte[] file = Files.readAllBytes(store().onlyFile());
    ByteBuffer record = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);

    assertEquals(0, record.getInt(1_008));
    assertEquals(0, record.getShort(1_018));
  }

  @Test
  void set_ofAKeyTooLongForAName_recordsTheKey() throws IOException {
    String key = "k".repeat(500);
    try (HiCacheStorage storage = store().open()) {
      storage.set(SamplePages.filled(ARENA, key, 1_000, 7));

      assertEquals(OptionalLong.of(1_000), storage.length(new PageKey(key)));
      assertEquals(Outcome.KEPT, storage.set(SamplePages.filled(ARENA, key, 1_000, 7)));
      assertEquals(Outcome.DONE, storage.get(SamplePages.blank(ARENA, key, 1_000)));
    }
    byte[] file = Files.readAllBytes(store().onlyFile());

    assertEquals(1_532, file.length);
    assertEquals(key, new String(file, 1_000, 500, StandardCharsets.US_ASCII));
  }

  @Test
  void set_overAnotherLength_replacesIt() {
    try (HiCacheStorage storage = store().open()) {
      storage.set(SamplePages.filled(ARENA, "a", 1_000, 1));

      assertEquals(Outcome.MISMATCH, storage.get(SamplePages.blank(ARENA, "a", 999)));
      assertEquals(Outcome.MISMATCH, storage.get(SamplePages.blank(ARENA, "a", 1_001)));
      assertEquals(OptionalLong.of(1_000), storage.length(new PageKey("a")));
      assertEquals(Outcome.KEPT, storage.set(SamplePages.filled(ARENA, "a", 1_000, 2)));
      assertEquals(Outcome.DONE, storage.set(SamplePages.filled(ARENA, "a", 999, 3)));
      assertHolds(storage, "a", 999, 3);
    }
  }

  @Test
  void set_withOverwrite_replacesWhatIsThere() {
    try (HiCacheStorage storage = store().open()) {
      storage.set(SamplePages.filled(ARENA, "a", 1_000, 1));
      CallOptions overwrite = CallOptions.DEFAULT.withOverwrite(true);

      assertEquals(Outcome.DONE, storage.set(SamplePages.filled(ARENA, "a", 1_000, 2), overwrite));
      assertHolds(storage, "a", 1_000, 2);
    }
  }

  @Test
  void open_ofANewStore_isPrivateAndHoldsItsRecord() throws IOException {
    Store store = new Store(directory.resolve("new"));
    try (HiCacheStorage storage = store.open()) {
      storage.set(SamplePages.filled(ARENA, "a", 1_000, 1));
    }
    Path file = store.onlyFile();

    assertMode("rwx------", store.directory());
    assertMode("rwx------", store.namespace());
    assertMode("rwx------", shardOf(file));
    assertMode("rw-------", file);
    assertMode("rw-------", store.namespace().resolve("namespace"));
    assertTrue(
        Files.readString(store.namespace().resolve("namespace")).startsWith("hicache-namespace\n"));
    assertEquals(store.namespace(), shardOf(file).getParent());
  }

  @Test
  void clear_ofANamespace_leavesOthersAndForeignFiles() throws IOException {
    try (HiCacheStorage storage = store().open();
        HiCacheStorage other = store().open("namespace", "other")) {
      for (int i = 0; i < 300; i++) {
        storage.set(SamplePages.filled(ARENA, "a" + i, 10, 1));
      }
      other.set(SamplePages.filled(ARENA, "a", 1_000, 2));
      Path shard = shardOf(store().files().get(0));
      Path foreign = Files.writeString(shard.resolve("README"), "not ours");
      Path temporary = Files.writeString(shard.resolve(".0123456789abcdef.tmp"), "another's");

      storage.clear();

      assertEquals(List.of(temporary, foreign), store().files());
      assertHolds(other, "a", 1_000, 2);
      assertEquals(Outcome.DONE, storage.set(SamplePages.filled(ARENA, "a1", 1_000, 3)));
      assertHolds(storage, "a1", 1_000, 3);
    }
  }

  @Test
  void inspect_ofSomePages_countsThemAndTheirFiles() throws IOException {
    try (HiCacheStorage storage = store().open()) {
      storage.set(SamplePages.filled(ARENA, "a", 1_000, 1));
      storage.set(SamplePages.filled(ARENA, "b", 2_000, 1));
      Files.writeString(store().files().get(0).resolveSibling(".0123456789abcdef.tmp"), "x");

      StoreReport report = storage.inspect();

      assertEquals(OptionalLong.of(2), report.pages());
      assertEquals(OptionalLong.of(3_064), report.bytes());
      assertEquals(store().namespace().getFileName().toString(), report.namespace());
      assertEquals("1", report.details().get("temporary-files"));
      assertEquals(store().namespace().toString(), report.details().get("directory"));
    }
  }

  @Test
  void batchGet_pastItsDeadline_touchesNothing() {
    CallOptions past = CallOptions.DEFAULT.withDeadline(Duration.ZERO);
    List<Page> targets = new ArrayList<>();
    try (HiCacheStorage storage = store().open()) {
      for (int i = 0; i < 20; i++) {
        storage.set(SamplePages.filled(ARENA, "a" + i, 1_000, i));
        targets.add(SamplePages.blank(ARENA, "a" + i, 1_000));
      }
      BatchResult result = storage.batchGet(targets, past);

      assertEquals("[FAILED(timeout), SKIPPED×19]", result.toString());
      targets.forEach(SamplePages::assertBlank);
      Page fresh = SamplePages.filled(ARENA, "fresh", 1_000, 1);
      assertEquals("[FAILED(timeout)]", storage.batchSet(List.of(fresh), past).toString());
      assertFalse(storage.exists(fresh.key()));
      assertEquals(
          "[FAILED(timeout)]", storage.batchDelete(List.of(new PageKey("a0")), past).toString());
      assertTrue(storage.exists(new PageKey("a0")));
    }
  }

  @Test
  void keysOfTwoPools_areTwoPages() {
    PageKey kv = new PageKey("a");
    PageKey mamba = kv.in(new PoolName("mamba"));
    try (HiCacheStorage storage = store().open()) {
      storage.set(new Page(kv, SamplePages.filled(ARENA, "a", 100, 1).parts()));
      storage.set(new Page(mamba, SamplePages.filled(ARENA, "a", 200, 2).parts()));

      assertEquals(OptionalLong.of(100), storage.length(kv));
      assertEquals(OptionalLong.of(200), storage.length(mamba));
      assertEquals(Outcome.DONE, storage.delete(kv));
      assertTrue(storage.exists(mamba));
    }
  }

  private static void assertHolds(HiCacheStorage storage, String key, int bytes, long seed) {
    Page target = SamplePages.blank(ARENA, key, bytes);
    assertEquals(Outcome.DONE, storage.get(target));
    SamplePages.assertHolds(seed, target);
  }

  private static void assertMode(String mode, Path path) throws IOException {
    assertEquals(
        mode, PosixFilePermissions.toString(Files.getPosixFilePermissions(path)), "" + path);
  }

  private static Path shardOf(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  private Store store() {
    return new Store(directory);
  }
}
