package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.StorageConfig;
import io.hicache.spi.Diagnosis;
import io.hicache.spi.Providers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsumerTest {
  private static final int BYTES = 256 * 1024;
  private static final PageKey KEY = new PageKey("a-page");
  @TempDir Path directory;

  @Test
  void thisProject_runs_asItSaysItDoes() {
    assertFalse(HiCacheStorages.class.getModule().isNamed());
    assertFalse(ConsumerTest.class.getModule().isNamed());
    assertNull(libraryOfAnotherBackend(), "the library must be missing for these tests to mean much");
  }

  @Test
  void file_openedByName_movesAPageThereAndBack() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment source = arena.allocate(BYTES);
      for (int i = 0; i < BYTES; i++) {
        source.set(ValueLayout.JAVA_BYTE, i, (byte) (i * 31));
      }
      try (HiCacheStorage store = HiCacheStorages.open("file", config())) {
        assertEquals(Outcome.DONE, store.set(Page.of(KEY, source)));
      }
      MemorySegment target = arena.allocate(BYTES);
      try (HiCacheStorage store = HiCacheStorages.open("file", config())) {
        assertEquals(Outcome.DONE, store.get(Page.of(KEY, target)));
      }
      assertEquals(-1, source.mismatch(target));
    }
  }

  @Test
  void backends_withOneThatCannotBeLoaded_areTheOthers() {
    assertTrue(HiCacheStorages.backends().contains("file"));
    assertTrue(HiCacheStorages.backends().contains("late"));
    assertFalse(HiCacheStorages.backends().contains("lost"));
  }

  @Test
  void open_ofTheOneThatCannotBeLoaded_saysWhatIsMissing() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> HiCacheStorages.open("lost", config()));

    assertTrue(refused.getMessage().contains("could not be loaded"), refused.getMessage());
    assertTrue(refused.getMessage().contains("picocli"), refused.getMessage());
    assertTrue(refused.getMessage().contains("file"), refused.getMessage());
  }

  @Test
  void diagnose_ofABackendWithoutItsLibrary_tellsWhatToAdd() {
    Diagnosis told = Providers.find("late").diagnose(config());

    assertFalse(told.available());
    assertEquals("add info.picocli:picocli", told.remedies().get(0));
  }

  private StorageConfig config() {
    return StorageConfig.of("consumer", "uint8", 16)
        .withOption("dir", directory.resolve("store").toString());
  }

  private static Class<?> libraryOfAnotherBackend() {
    try {
      return Class.forName("picocli.CommandLine");
    } catch (ClassNotFoundException e) {
      return null;
    }
  }
}
