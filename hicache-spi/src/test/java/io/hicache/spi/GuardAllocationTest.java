package io.hicache.spi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.Part;
import io.hicache.PoolName;
import io.hicache.pool.HostPool;
import io.hicache.pool.MhaShape;
import io.hicache.pool.PoolSlots;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the guard itself leaves on the heap: little per call, and next to nothing per page. */
class GuardAllocationTest {
  private static final int ROUNDS = 2000;

  /** Answers without touching anything. */
  private static final class Idle extends ScriptedStorage {
    private final BatchResult result;

    Idle(int size) {
      super(ABLE);
      result = BatchResult.all(size, Outcome.DONE);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      return result;
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      return result;
    }

    @Override
    public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
      return result;
    }
  }

  private static HiCacheStorage guarded(int size) {
    return GuardedStorage.over("idle", new Idle(size), Guarded.CONFIG);
  }

  @Test
  void batchPresent_whenNobodyListens_allocatesLittle() throws ReflectiveOperationException {
    List<PageKey> keys =
        List.copyOf(IntStream.range(0, 128).mapToObj(i -> new PageKey("k" + i)).toList());
    HiCacheStorage store = guarded(128);
    long bytes = allocatedPerRound(() -> store.batchPresent(keys, CallOptions.DEFAULT));
    assertTrue(bytes < 768, bytes + " B per call of 128 keys");
  }

  @Test
  void batchGet_ofManyParts_allocatesBelowTheBoundPerPart() throws ReflectiveOperationException {
    MemorySegment memory = Guarded.memory(64 * 16 * 8);
    List<Page> pages =
        IntStream.range(0, 64)
            .mapToObj(i ->
                new Page(
                    new PageKey("k" + i),
                    IntStream.range(0, 16)
                        .<Part>mapToObj(p -> Part.of(memory.asSlice((i * 16L + p) * 8, 8)))
                        .toList()))
            .toList();
    HiCacheStorage store = guarded(64);
    long bytes = allocatedPerRound(() -> store.batchGet(pages, CallOptions.DEFAULT));
    assertTrue(bytes < 64 * 16 * 20, bytes + " B per call of 64 pages of 16 parts");
  }

  @Test
  void v1_ofScatteredPages_allocatesTheirPartsAndLittleMore() throws ReflectiveOperationException {
    int layers = 80;
    int pages = 64;
    PoolSlots slots = new PoolSlots(4L * pages, 4);
    MhaShape shape = new MhaShape(PageLayout.LAYER_FIRST, slots, layers, 1, 8, 2);
    List<PageKey> keys = IntStream.range(0, pages).mapToObj(i -> new PageKey("k" + i)).toList();
    long[] first = IntStream.range(0, pages).mapToLong(i -> 4L * i).toArray();
    try (HostPool pool = HostPool.allocate(PoolName.KV, shape);
        HiCacheStorage store = guarded(pages)) {
      store.registerHostPool(pool);
      long get = allocatedPerRound(() -> store.batchGetV1(keys, first)) / pages;
      long set = allocatedPerRound(() -> store.batchSetV1(keys, first)) / pages;
      long most = 256 + 2L * layers * 60;
      assertTrue(get <= most, get + " B per page got, at most " + most);
      assertTrue(set <= most, set + " B per page set, at most " + most);
    }
  }

  private static long allocatedPerRound(Runnable call) throws ReflectiveOperationException {
    for (int i = 0; i < ROUNDS; i++) {
      call.run();
    }
    long before = allocated();
    for (int i = 0; i < ROUNDS; i++) {
      call.run();
    }
    long bytes = allocated() - before;
    assertTrue(bytes > 0, "this JVM counts nothing");
    return bytes / ROUNDS;
  }

  /** By reflection, because the module under test does not read the JVM's management. */
  private static long allocated() throws ReflectiveOperationException {
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method allocated =
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getCurrentThreadAllocatedBytes");
    return (long) allocated.invoke(threads);
  }
}
