package io.hicache.file;

import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/**
 * Writes pages into a bounded store and ends. Arguments: the store's directory, its bound in bytes,
 * how many pages, how many bytes each has, what their keys begin with.
 */
final class BoundedWritingProcess {
  private BoundedWritingProcess() {}

  public static void main(String[] arguments) {
    int pages = Integer.parseInt(arguments[2]);
    int bytes = Integer.parseInt(arguments[3]);
    try (Arena arena = Arena.ofShared();
        HiCacheStorage storage =
            HiCacheStorages.open(
                "file",
                new Store(Path.of(arguments[0]))
                    .config()
                    .withOption("max-size", arguments[1] + "B")
                    .withOption("min-free-space", "0B"))) {
      Page filled = SamplePages.filled(arena, "a", bytes, 1);
      for (int i = 0; i < pages; i++) {
        Page page = new Page(new PageKey(arguments[4] + i), filled.parts());
        Outcome outcome = storage.set(page);
        if (outcome != Outcome.DONE) {
          throw new AssertionError(page.key() + " is " + outcome);
        }
      }
    }
  }
}
