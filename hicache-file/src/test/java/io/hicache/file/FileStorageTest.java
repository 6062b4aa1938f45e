package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.BatchResult;
import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import io.hicache.StorageConfig;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStorageTest {
  @TempDir Path directory;

  @Test
  void batchGet_ofWhatAnotherStorageSet_isExact() {
    for (String checksum : List.of("crc32c", "off")) {
      for (int parts : new int[] {1, 3, 160, 1_100}) {
        roundTrip(config().withOption("checksum", checksum), parts, checksum + parts);
      }
    }
  }

  private static void roundTrip(StorageConfig config, int parts, String key) {
    try (Arena arena = Arena.ofShared();
        HiCacheStorage one = HiCacheStorages.open("file", config);
        HiCacheStorage other = HiCacheStorages.open("file", config)) {
      List<Page> sources = new ArrayList<>();
      List<Page> targets = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        int bytes = 700_001 + i * 131;
        sources.add(page(key + i, arena.allocate(bytes), parts, i + 1));
        targets.add(page(key + i, arena.allocate(bytes), parts, 0));
      }
      BatchResult written = one.batchSet(sources);
      BatchResult read = other.batchGet(targets);

      assertEquals(BatchResult.all(9, Outcome.DONE), written, written.firstFailure().toString());
      assertEquals(BatchResult.all(9, Outcome.DONE), read, read.firstFailure().toString());
      for (int i = 0; i < 9; i++) {
        for (int p = 0; p < parts; p++) {
          MemorySegment expected = ((io.hicache.HostPart) sources.get(i).parts().get(p)).segment();
          MemorySegment actual = ((io.hicache.HostPart) targets.get(i).parts().get(p)).segment();
          assertEquals(-1, expected.mismatch(actual), "page " + i + " part " + p);
        }
      }
    }
  }

  /** Cuts memory into parts of uneven lengths; a seed other than 0 fills it. */
  private static Page page(String key, MemorySegment memory, int count, int seed) {
    for (long i = 0; i < memory.byteSize() && seed != 0; i++) {
      memory.set(ValueLayout.JAVA_BYTE, i, (byte) ((i * 2654435761L + seed * 40503L) >> 7));
    }
    List<Part> parts = new ArrayList<>();
    long from = 0;
    long each = memory.byteSize() / count;
    for (int i = 0; i < count; i++) {
      long to = i == count - 1 ? memory.byteSize() : from + each - i % 3;
      parts.add(Part.of(memory.asSlice(from, to - from)));
      from = to;
    }
    return new Page(new PageKey(key), parts);
  }

  private StorageConfig config() {
    return StorageConfig.of("m", "bfloat16", 64).withOption("dir", directory.toString());
  }
}
