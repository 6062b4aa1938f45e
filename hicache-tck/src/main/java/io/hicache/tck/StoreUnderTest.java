package io.hicache.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.hicache.Feature;
import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.Outcome;
import io.hicache.PageKey;
import io.hicache.StorageConfig;
import io.hicache.spi.GuardedStorage;
import io.hicache.spi.Providers;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The store a test works on, memory for its pages, and the questions every rule asks. An author may
 * use it for rules of his own beside those of the kit.
 *
 * <p><b>Lifetime.</b> One per test: opened before it, closed after it, memory last.
 */
public final class StoreUnderTest {
  private final HiCacheStorageTck kit;
  private final Arena arena = Arena.ofShared();
  private final FencedPages pages = new FencedPages(arena);
  private final FencedPools pools = new FencedPools(arena);
  private final Queue<HiCacheStorage> opened = new ConcurrentLinkedQueue<>();
  private StorageConfig config;
  private HiCacheStorage store;

  /** Opens the store that the kit was asked to test. */
  StoreUnderTest(HiCacheStorageTck kit, StorageConfig config) {
    this.kit = kit;
    this.config = config;
    this.store = open(config);
  }

  /** Returns the backend's name. */
  public String backend() {
    return kit.backend();
  }

  /** Returns what the store was opened with. */
  public StorageConfig config() {
    return config;
  }

  /** Returns the store, open. */
  public HiCacheStorage store() {
    return store;
  }

  /** Returns the memory for pages. */
  public FencedPages pages() {
    return pages;
  }

  /** Returns the memory for host pools. */
  FencedPools pools() {
    return pools;
  }

  /** Returns the author's hooks and traits. */
  HiCacheStorageTck kit() {
    return kit;
  }

  /**
   * Opens another store of this backend, which is closed after the test.
   *
   * @param other what to open
   */
  public HiCacheStorage open(StorageConfig other) {
    return closedAfterwards(HiCacheStorages.open(backend(), other));
  }

  /** Puts a store that a test opened itself among those that are closed after it. */
  HiCacheStorage closedAfterwards(HiCacheStorage plain) {
    HiCacheStorage another = kit.guarded(plain);
    opened.add(another);
    return another;
  }

  /** Closes the store and opens it again. */
  public void reopen() {
    reopen(config);
  }

  /** Closes the store and opens another in its place. */
  void reopen(StorageConfig other) {
    store.close();
    config = other;
    store = open(other);
  }

  /** Opens the backend anew, in the store's place, with a watch between it and its guard. */
  Watched watch(Set<PageKey> refused) {
    store.close();
    Watched watched = new Watched(Providers.find(backend()).open(config), refused);
    store = closedAfterwards(GuardedStorage.over(backend(), watched, config));
    return watched;
  }

  /** Registers pools with the store, and returns the store. */
  HiCacheStorage with(FencedPool... registered) {
    for (FencedPool each : registered) {
      store.registerHostPool(each.pool());
    }
    return store;
  }

  /**
   * Tells whether the store's capabilities list a feature.
   *
   * @param feature which
   */
  public boolean has(Feature feature) {
    return store.capabilities().has(feature);
  }

  /**
   * Stores a page that is not there yet, filled with {@link Content#of(PageKey)}.
   *
   * @param key its key
   * @param partBytes the length of each part
   */
  public void put(PageKey key, int... partBytes) {
    put(key, Content.of(key), partBytes);
  }

  /**
   * Stores a page that is not there yet.
   *
   * @param key its key
   * @param content what it holds
   * @param partBytes the length of each part
   */
  public void put(PageKey key, Content content, int... partBytes) {
    assertEquals(
        Outcome.DONE,
        store.set(pages.source(key, content, partBytes).page()),
        () -> "set of %s, parts %s".formatted(key, shown(partBytes)));
  }

  /**
   * Stores pages of one part each in one batch, filled with {@link Content#of(PageKey)}.
   *
   * @param keys their keys
   * @param bytes their length
   */
  public void putAll(List<PageKey> keys, int bytes) {
    var sources = pages.sources(keys, bytes).stream().map(FencedPage::page).toList();
    assertEquals(outcomes(keys.size(), Outcome.DONE), store.batchSet(sources).outcomes());
  }

  /**
   * Asserts that a read finds a page and brings back {@link Content#of(PageKey)}.
   *
   * @param key its key
   * @param partBytes the parts to read it in
   */
  public void assertStored(PageKey key, int... partBytes) {
    assertStored(key, Content.of(key), partBytes);
  }

  /**
   * Asserts that a read finds a page and brings back a content.
   *
   * @param key its key
   * @param content what it must hold
   * @param partBytes the parts to read it in
   */
  public void assertStored(PageKey key, Content content, int... partBytes) {
    FencedPage target = pages.target(key, partBytes);
    assertEquals(
        Outcome.DONE,
        store.get(target.page()),
        () -> "get of %s, parts %s".formatted(key, shown(partBytes)));
    target.assertHolds(content);
  }

  /**
   * Asserts that a page is not there, and that asking leaves the target as it is.
   *
   * @param key its key
   */
  public void assertAbsent(PageKey key) {
    FencedPage target = pages.target(key, 64);
    assertEquals(Outcome.ABSENT, store.get(target.page()), () -> "get of " + key);
    target.assertUntouched();
    assertFalse(store.exists(key), () -> "exists of " + key);
  }

  /** Returns as many equal outcomes. */
  static List<Outcome> outcomes(int size, Outcome outcome) {
    return Collections.nCopies(size, outcome);
  }

  /**
   * Checks every byte that the test's memory holds, takes the memory back, closes the stores, and
   * checks that nothing was written meanwhile. Closing the arena last fails if a store still uses
   * it.
   */
  void finish() throws InterruptedException {
    try (arena) {
      try {
        pages.check();
        pools.check();
      } finally {
        pages.takeBack();
        pools.takeBack();
        for (HiCacheStorage each : opened) {
          Crew.run(each::close);
        }
      }
      pages.check();
      pools.check();
    }
  }

  private static String shown(int[] partBytes) {
    return partBytes.length > 8
        ? partBytes.length + " of " + Arrays.stream(partBytes).sum() + " bytes in all"
        : Arrays.toString(partBytes);
  }
}
