package io.hicache.file;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes pages until it is killed: batch after batch, each page's content a function of its number,
 * and says after each batch which pages are done. Arguments: the store's directory, how many pages.
 */
final class WritingProcess {
  static final int BATCH = 8;

  private WritingProcess() {}

  /** Returns how long a page is: some hundred KiB, each its own. */
  static int bytes(int page) {
    return 40_000 + page * 7_919 % 400_000;
  }

  static String key(int page) {
    return "page-" + page;
  }

  public static void main(String[] arguments) {
    int pages = Integer.parseInt(arguments[1]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    CallOptions overwrite = CallOptions.DEFAULT.withOverwrite(true);
    try (Arena arena = Arena.ofShared();
        HiCacheStorage storage = new Store(Path.of(arguments[0])).open()) {
      List<Page> all = new ArrayList<>();
      for (int i = 0; i < pages; i++) {
        all.add(SamplePages.filled(arena, key(i), bytes(i), 1 + i % 3, i));
      }
      out.println("begin");
      for (int from = 0; ; from = (from + BATCH) % pages) {
        BatchResult result = storage.batchSet(all.subList(from, from + BATCH), overwrite);
        if (result.count(Outcome.DONE) != BATCH) {
          throw new AssertionError(result + " " + result.firstFailure());
        }
        out.println("done " + from + "."); // the stop tells a line that was cut off
      }
    }
  }
}
