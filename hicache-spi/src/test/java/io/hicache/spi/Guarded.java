package io.hicache.spi;

import io.hicache.Capabilities;
import io.hicache.HiCacheStorage;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.StorageConfig;
import io.hicache.StorageObserver;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/** A scripted backend behind the guard, and pages to move. */
record Guarded(ScriptedStorage backend, HiCacheStorage store) {
  static final StorageConfig CONFIG =
      StorageConfig.of("model", "bfloat16", 64).with(Environment.class, Environment.EMPTY);
  static final int PAGE_BYTES = 64;

  static Guarded open() {
    return open(ScriptedStorage.ABLE);
  }

  static Guarded open(Capabilities capabilities) {
    return open(capabilities, CONFIG);
  }

  static Guarded open(StorageObserver observer) {
    return open(ScriptedStorage.ABLE, CONFIG.with(StorageObserver.class, observer));
  }

  private static Guarded open(Capabilities capabilities, StorageConfig config) {
    ScriptedStorage backend = new ScriptedStorage(capabilities);
    return new Guarded(backend, GuardedStorage.over("scripted", backend, config));
  }

  static MemorySegment memory() {
    return memory(PAGE_BYTES);
  }

  static MemorySegment memory(long bytes) {
    return Arena.ofAuto().allocate(bytes);
  }

  static Page page(String key) {
    return Page.of(new PageKey(key), memory());
  }

  static Page page(String key, MemorySegment memory) {
    return Page.of(new PageKey(key), memory);
  }

  /** Every form a caller has of asking something of a store, by the name of what it asks. */
  Map<String, Runnable> calls(Page page) {
    java.util.List<Page> pages = java.util.List.of(page);
    java.util.List<PageKey> keys = java.util.List.of(page.key());
    return Map.ofEntries(
        Map.entry("batchGet", () -> store.batchGet(pages)),
        Map.entry("batchSet", () -> store.batchSet(pages)),
        Map.entry("batchPresent", () -> store.batchPresent(keys)),
        Map.entry("batchDelete", () -> store.batchDelete(keys)),
        Map.entry("batchExists", () -> store.batchExists(keys)),
        Map.entry("warm", () -> store.warm(keys)),
        Map.entry("get", () -> store.get(page)),
        Map.entry("set", () -> store.set(page)),
        Map.entry("exists", () -> store.exists(page.key())),
        Map.entry("delete", () -> store.delete(page.key())),
        Map.entry("length", () -> store.length(page.key())),
        Map.entry("register", () -> store.register(io.hicache.Region.of(memory()))),
        Map.entry("clear", store::clear),
        Map.entry("inspect", store::inspect));
  }
}
