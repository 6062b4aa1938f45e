package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not what they should be: never wrong bytes, never an exception. */
class DamagedPageTest {
  private static final Arena ARENA = Arena.ofAuto();
  private static final int BYTES = 100;
  private static final List<String> KEYS = List.of("short", "long".repeat(70));

  @TempDir Path directory;

  @Test
  void get_withOneByteFlipped_isAMismatchAndRemovesThePage() throws IOException {
    for (String key : KEYS) {
      byte[] good = stored(key, "crc32c");
      Path file = store().onlyFile();
      try (HiCacheStorage storage = store().open()) {
        for (int i = 0; i < good.length; i++) {
          for (int bit : new int[] {0, 3, 7}) {
            assertRemoved(storage, file, flipped(good, i, bit), "byte " + i + " bit " + bit);
          }
        }
      }
    }
  }

  @Test
  void get_withoutChecksumAndAByteOfTheRecordFlipped_isAMismatch() throws IOException {
    for (String key : KEYS) {
      byte[] good = stored(key, "off");
      Path file = store().onlyFile();
      try (HiCacheStorage storage = store().open("checksum", "off")) {
        for (int i = BYTES; i < good.length; i++) {
          assertRemoved(storage, file, flipped(good, i, i % 8), "byte " + i);
        }
      }
    }
  }

  @Test
  void get_ofATruncatedPage_isAMismatchAndRemovesThePage() throws IOException {
    for (String key : KEYS) {
      for (String checksum : List.of("crc32c", "off")) {
        byte[] good = stored(key, checksum);
        Path file = store().onlyFile();
        try (HiCacheStorage storage = store().open("checksum", checksum)) {
          for (int length = 0; length < good.length; length++) {
            assertRemoved(storage, file, Arrays.copyOf(good, length), "cut to " + length);
          }
        }
      }
    }
  }

  @Test
  void get_ofAPageWithMoreBehindIt_isAMismatchAndRemovesThePage() throws IOException {
    for (int more : new int[] {1, 2, 31, 32, 33, 5_000}) {
      byte[] good = stored("short", "crc32c");
      Path file = store().onlyFile();
      try (HiCacheStorage storage = store().open()) {
        assertRemoved(storage, file, Arrays.copyOf(good, good.length + more), "more " + more);
      }
    }
  }

  @Test
  void present_ofAFileTooShortForARecord_isAbsent() throws IOException {
    byte[] good = stored("short", "crc32c");
    Path file = store().onlyFile();
    try (HiCacheStorage storage = store().open()) {
      for (int length : new int[] {0, 1, 31, 32}) {
        Files.write(file, Arrays.copyOf(good, length));

        assertFalse(storage.exists(new PageKey("short")), length + " bytes");
        assertEquals(OptionalLong.empty(), storage.length(new PageKey("short")));
      }
      Files.write(file, Arrays.copyOf(good, 33));
      assertTrue(storage.exists(new PageKey("short")));
    }
  }

  @Test
  void set_overATruncatedPage_replacesIt() throws IOException {
    byte[] good = stored("short", "crc32c");
    Files.write(store().onlyFile(), Arrays.copyOf(good, 50));
    try (HiCacheStorage storage = store().open()) {
      assertEquals(Outcome.DONE, storage.set(SamplePages.filled(ARENA, "short", BYTES, 1)));
      assertHolds(storage, "short");
    }
  }

  @Test
  void get_ofAPageRenamedByHand_isAMismatch() throws IOException {
    for (String key : KEYS) {
      byte[] good = stored(key, "crc32c");
      Path file = store().onlyFile();
      try (HiCacheStorage storage = store().open()) {
        String other = key.substring(1);
        storage.set(SamplePages.filled(ARENA, other, BYTES, 9));
        Path renamed = others(file);
        Files.write(renamed, good);
        Page target = SamplePages.blank(ARENA, other, BYTES);

        assertEquals(Outcome.MISMATCH, storage.get(target), key);
        assertFalse(Files.exists(renamed));
        assertHolds(storage, key);
      }
      Files.delete(file);
    }
  }

  @Test
  void get_ofAPageOfANewerRelease_isAMismatchAndLeavesIt() throws IOException {
    byte[] good = stored("short", "crc32c");
    for (int at : new int[] {BYTES + 16, BYTES + 19}) {
      byte[] newer = RecordBytes.resealed("kv-short", flipped(good, at, 1), BYTES);
      Path file = Files.write(store().onlyFile(), newer);
      try (HiCacheStorage storage = store().open()) {
        assertEquals(Outcome.MISMATCH, storage.get(SamplePages.blank(ARENA, "short", BYTES)));
        assertEquals(Outcome.MISMATCH, storage.get(SamplePages.blank(ARENA, "short", 7)));
        assertTrue(Files.exists(file));
      }
    }
  }

  private void assertRemoved(HiCacheStorage storage, Path file, byte[] content, String what)
      throws IOException {
    Files.write(file, content);
    Page target = SamplePages.blank(ARENA, keyOf(file), BYTES);

    assertEquals(Outcome.MISMATCH, storage.get(target), what);
    assertEquals(List.of(), store().files(), what);
    assertEquals(Outcome.ABSENT, storage.get(target), what);
  }

  private static String keyOf(Path file) {
    return file.endsWith("kv-" + KEYS.get(0)) ? KEYS.get(0) : KEYS.get(1);
  }

  /** Stores a page anew and returns its file's bytes. */
  private byte[] stored(String key, String checksum) throws IOException {
    try (HiCacheStorage storage = store().open("checksum", checksum)) {
      storage.clear();
      storage.set(SamplePages.filled(ARENA, key, BYTES, 1));
    }
    return Files.readAllBytes(store().onlyFile());
  }

  private Path others(Path known) throws IOException {
    return store().files().stream().filter(file -> !file.equals(known)).findFirst().orElseThrow();
  }

  private static void assertHolds(HiCacheStorage storage, String key) {
    Page target = SamplePages.blank(ARENA, key, BYTES);
    assertEquals(Outcome.DONE, storage.get(target));
    SamplePages.assertHolds(1, target);
  }

  private static byte[] flipped(byte[] good, int at, int bit) {
    byte[] bad = good.clone();
    bad[at] ^= (byte) (1 << bit);
    return bad;
  }

  private Store store() {
    return new Store(directory);
  }
}
