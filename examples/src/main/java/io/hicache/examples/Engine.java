package io.hicache.examples;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.HitPolicy;
import io.hicache.HostPart;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.PoolTransfer;
import io.hicache.PrefixHits;
import io.hicache.StorageConfig;
import io.hicache.hash.PageHasher;
import io.hicache.pool.HostPool;
import io.hicache.pool.MhaShape;
import io.hicache.pool.PoolSlots;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * An engine of a hybrid model: layers that attend to everything (pool kv), and layers that see the
 * last two pages only (pool swa). One thread prefetches, another writes back, the caller computes.
 */
final class Engine implements AutoCloseable {
  static final int PAGE_TOKENS = 16;
  private static final PoolName SWA = new PoolName("swa");
  private static final int WINDOW = 2;
  private static final int POOL_PAGES = 64;
  private final HostPool kv = pool(PoolName.KV, 6);
  private final HostPool swa = pool(SWA, 2);
  private final HiCacheStorage store;
  private final ExecutorService prefetcher = Executors.newSingleThreadExecutor();
  private final ExecutorService writer = Executors.newSingleThreadExecutor();
  private final BlockingQueue<Long> freeSlots = new ArrayBlockingQueue<>(POOL_PAGES);

  /** What the store has of a prompt, how many pages of that came, and why not more. */
  record Found(PrefixHits hits, int pages, Map<PoolName, BatchResult> read) {}

  /** What became of a prompt: its write-back goes on behind it. */
  record Served(Found found, boolean right, Future<Map<PoolName, BatchResult>> written) {}

  Engine(Path directory) {
    StorageConfig config = StorageConfig.of("example/hybrid-1b", "bfloat16", PAGE_TOKENS);
    store = HiCacheStorages.open("file", config.withOption("dir", directory.toString()));
    List.of(kv, swa).forEach(store::registerHostPool); // from now on, slots are enough
    for (long page = 0; page < POOL_PAGES; page++) {
      freeSlots.add(page * PAGE_TOKENS);
    }
  }

  /** Serves a prompt; {@code between} happens when the store has said what it has. */
  Served serve(int[] tokens, Callable<?> between) throws Exception {
    List<PageKey> keys = PageHasher.of(PAGE_TOKENS).keys(tokens);
    long[] slots = new long[keys.size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = freeSlots.take(); // waits for write-backs while the pools are full
    }
    Future<Found> prefetch = prefetcher.submit(() -> restore(keys, slots, between));
    Found found = prefetch.get(); // meanwhile an engine computes for other prompts
    for (int i = found.pages(); i < slots.length; i++) {
      compute(keys.get(i), slots[i]);
    }
    boolean right = true;
    for (int i = 0; i < slots.length; i++) { // stands for attention, which looks at all of it
      HostPool least = i < slots.length - WINDOW ? kv : swa;
      right &= holds(kv, keys.get(i), slots[i]) && holds(least, keys.get(i), slots[i]);
    }
    return new Served(found, right, writer.submit(() -> write(keys, slots, found.pages())));
  }

  /** Asks for the longest prefix that both pools can restore, and restores it. */
  private Found restore(List<PageKey> keys, long[] slots, Callable<?> between) throws Exception {
    PoolTransfer window = PoolTransfer.asking(SWA, HitPolicy.TRAILING_PAGES, WINDOW);
    PrefixHits hits = store.batchExistsV2(keys, List.of(window));
    between.call();
    int best = hits.best(); // not kvPages(): the window that ends there may be missing
    // A deadline bounds waiting; what has not come by then is computed, and never lands late.
    CallOptions soon = CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(10));
    Map<PoolName, BatchResult> read = store.batchGetV2(transfers(keys, slots, 0, best), soon);
    // No fault of the store is an exception: what did not come whole is computed.
    return new Found(hits, read.values().stream().allMatch(BatchResult::allDone) ? best : 0, read);
  }

  /** Stores what was computed. The slots are nobody else's until then. */
  private Map<PoolName, BatchResult> write(List<PageKey> keys, long[] slots, int from) {
    try {
      return store.batchSetV2(transfers(keys, slots, from, slots.length));
    } finally {
      Arrays.stream(slots).forEach(freeSlots::add);
    }
  }

  /** Some pages of kv, and those of swa that whoever goes on from the last will see. */
  private static List<PoolTransfer> transfers(List<PageKey> keys, long[] slots, int from, int to) {
    int window = Math.max(from, to - WINDOW);
    return List.of(
        PoolTransfer.of(PoolName.KV, keys.subList(from, to), Arrays.copyOfRange(slots, from, to)),
        PoolTransfer.of(SWA, keys.subList(window, to), Arrays.copyOfRange(slots, window, to)));
  }

  /** Stands for the model: a page's bytes follow from its key, which names all tokens up to it. */
  private void compute(PageKey key, long slot) {
    memory(kv, slot).forEach(run -> run.fill((byte) key.hashCode()));
    memory(swa, slot).forEach(run -> run.fill((byte) key.hashCode()));
  }

  private static boolean holds(HostPool pool, PageKey key, long slot) {
    return memory(pool, slot)
        .flatMap(run -> run.elements(JAVA_BYTE))
        .allMatch(each -> each.get(JAVA_BYTE, 0) == (byte) key.hashCode());
  }

  private static Stream<MemorySegment> memory(HostPool pool, long slot) {
    return pool.parts(slot).stream().map(part -> ((HostPart) part).segment());
  }

  /** Layer first, as attention likes it: a page is two runs a layer, which are never copied. */
  private static HostPool pool(PoolName name, int layers) {
    PoolSlots slots = new PoolSlots((long) POOL_PAGES * PAGE_TOKENS, PAGE_TOKENS);
    return HostPool.allocate(name, new MhaShape(PageLayout.LAYER_FIRST, slots, layers, 2, 64, 2));
  }

  /** The store before the pools, in which it may be at work until then. */
  @Override
  public void close() {
    prefetcher.close();
    writer.close();
    store.close();
    kv.close();
    swa.close();
  }
}
