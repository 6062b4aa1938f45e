package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.BatchResult;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.pool.HostPool;
import io.hicache.pool.MhaShape;
import io.hicache.pool.PoolSlots;
import java.lang.foreign.Arena;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page costs in heap, all threads counted: 2 KiB, and 128 B for each further part. */
class HeapPerPageTest {
  private static final int PAGES = 32;
  private static final int ROUNDS = 100; // what is not compiled yet allocates more

  @TempDir Path directory;

  @Test
  void batches_ofPages_stayWithinTheirHeap() throws ReflectiveOperationException {
    for (int bytes : new int[] {64 << 10, 1 << 20}) {
      for (int parts : new int[] {1, 160}) {
        for (String checksum : List.of("crc32c", "off")) {
          measure(bytes, parts, checksum);
        }
      }
    }
  }

  private void measure(int bytes, int parts, String checksum) throws ReflectiveOperationException {
    long limit = 2_048 + 128L * (parts - 1);
    try (Arena arena = Arena.ofShared();
        HiCacheStorage storage = new Store(directory).open("checksum", checksum)) {
      List<Page> pages = new ArrayList<>();
      for (int i = 0; i < PAGES; i++) {
        pages.add(SamplePages.filled(arena, "a" + i, bytes, parts, i));
      }
      String what = "%d KiB in %d parts, checksum %s: ".formatted(bytes >> 10, parts, checksum);
      long written = heapPerPage(storage::clear, () -> storage.batchSet(pages));
      long read = heapPerPage(() -> {}, () -> storage.batchGet(pages));
      System.out.println("heap per page, " + what + "write " + written + " B, read " + read + " B");
      assertTrue(written <= limit, what + written + " B per page written, at most " + limit);
      assertTrue(read <= limit, what + read + " B per page read, at most " + limit);
    }
  }

  /** As an engine calls it: the parts of a {@code layer_first} page are made anew for each call. */
  @Test
  void v1_ofPagesIn160Parts_staysWithinTheirHeap() throws ReflectiveOperationException {
    PoolSlots slots = new PoolSlots(4L * PAGES, 4);
    MhaShape shape = new MhaShape(PageLayout.LAYER_FIRST, slots, 80, 1, 128, 2);
    List<PageKey> keys = IntStream.range(0, PAGES).mapToObj(i -> new PageKey("v" + i)).toList();
    long[] first = IntStream.range(0, PAGES).mapToLong(i -> 4L * i).toArray();
    for (String checksum : List.of("crc32c", "off")) {
      try (HostPool pool = HostPool.allocate(PoolName.KV, shape);
          HiCacheStorage storage = new Store(directory).open("checksum", checksum)) {
        storage.registerHostPool(pool);
        assertEquals(160, pool.partsPerPage());
        // A channel wants an object of the JDK's for every part, beside the call's own.
        long limit = 2_048 + (Store.NATIVE_IO.equals("off") ? 176L : 128L) * 159;
        long written = heapPerPage(storage::clear, () -> storage.batchSetV1(keys, first));
        long read = heapPerPage(() -> {}, () -> storage.batchGetV1(keys, first));
        System.out.println(
            "heap per page, v1, 160 parts, checksum %s: write %d B, read %d B"
                .formatted(checksum, written, read));
        assertTrue(written <= limit, written + " B per page written, at most " + limit);
        assertTrue(read <= limit, read + " B per page read, at most " + limit);
      }
    }
  }

  /** Returns the least of several rounds: what a page costs once the code is warm. */
  private static long heapPerPage(Runnable before, Supplier<BatchResult> batch)
      throws ReflectiveOperationException {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      before.run();
      long then = allocated();
      BatchResult result = batch.get();
      long now = allocated();
      assertEquals(BatchResult.all(PAGES, Outcome.DONE), result);
      least = Math.min(least, (now - then) / PAGES);
    }
    return least;
  }

  /**
   * Returns the bytes that all threads have allocated; by reflection, since the module under test
   * does not read the one that tells.
   */
  private static long allocated() throws ReflectiveOperationException {
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method total =
        Class.forName("com.sun.management.ThreadMXBean").getMethod("getTotalThreadAllocatedBytes");
    return (long) total.invoke(threads);
  }
}
