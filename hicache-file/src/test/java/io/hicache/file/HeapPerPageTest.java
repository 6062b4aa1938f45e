package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page costs in heap, all threads counted: 2 KiB, and 128 B for each further part. */
class HeapPerPageTest {
  private static final int PAGES = 64;
  private static final int ROUNDS = 40;

  @TempDir Path directory;

  @Test
  void batches_ofPages_stayWithinTheirHeap() {
    for (int bytes : new int[] {64 << 10, 1 << 20}) {
      for (int parts : new int[] {1, 160}) {
        for (String checksum : List.of("crc32c", "off")) {
          measure(bytes, parts, checksum);
        }
      }
    }
  }

  private void measure(int bytes, int parts, String checksum) {
    CallOptions overwrite = CallOptions.DEFAULT.withOverwrite(true);
    long limit = 2_048 + 128L * (parts - 1);
    try (Arena arena = Arena.ofShared();
        HiCacheStorage storage = new Store(directory).open("checksum", checksum)) {
      List<Page> pages = new ArrayList<>();
      for (int i = 0; i < PAGES; i++) {
        pages.add(SamplePages.filled(arena, "a" + i, bytes, parts, i));
      }
      String what = "%d KiB in %d parts, checksum %s: ".formatted(bytes >> 10, parts, checksum);
      long written = heapPerPage(() -> storage.batchSet(pages, overwrite));
      long read = heapPerPage(() -> storage.batchGet(pages));
      System.out.println("heap per page, " + what + "write " + written + " B, read " + read + " B");
      assertTrue(written <= limit, what + written + " B per page written, at most " + limit);
      assertTrue(read <= limit, what + read + " B per page read, at most " + limit);
    }
  }

  /** Returns the least of several rounds: what a page costs once the code is warm. */
  private static long heapPerPage(Supplier<BatchResult> batch) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getTotalThreadAllocatedBytes();
      BatchResult result = batch.get();
      long after = threads.getTotalThreadAllocatedBytes();
      assertEquals(BatchResult.all(PAGES, Outcome.DONE), result);
      least = Math.min(least, (after - before) / PAGES);
    }
    return least;
  }
}
