package io.hicache;

import io.hicache.spi.GuardedStorage;
import io.hicache.spi.HiCacheStorageProvider;
import io.hicache.spi.NamespaceRecord;
import io.hicache.spi.Providers;
import java.util.List;
import java.util.function.Supplier;

/**
 * The door: opens a store by its backend's name.
 *
 * {@snippet :
 * try (Arena arena = Arena.ofShared();
 *     HiCacheStorage store =
 *         HiCacheStorages.open("file", StorageConfig.of("my-model", "bfloat16", 64))) {
 *   MemorySegment page = arena.allocate(256 * 1024);
 *   store.set(Page.of(new PageKey("a-page-hash"), page));
 * }
 * }
 */
public final class HiCacheStorages {
  private HiCacheStorages() {}

  /**
   * Opens a store.
   *
   * @param backend the backend's name, as in {@code file}
   * @param config what to open
   * @throws IllegalArgumentException if no backend or more than one has that name, or an option is
   *     unknown or out of range; the message lists what is there and which artifact would add the
   *     missing one
   * @throws HiCacheException if the store cannot be reached, the backend's own library is missing,
   *     or the store holds another identity under the pinned namespace
   */
  public static HiCacheStorage open(String backend, StorageConfig config) {
    HiCacheStorageProvider provider = Providers.find(backend);
    HiCacheStorage opened = linked(backend, () -> provider.open(config));
    return GuardedStorage.over(backend, opened, config);
  }

  /**
   * Opens a store by one of its own records, as {@link #namespaces} lists them: the identity is the
   * record's, and the configuration's is not looked at.
   *
   * @param backend the backend's name
   * @param config the options
   * @param record whose pages to open
   * @throws IllegalArgumentException as {@link #open(String, StorageConfig)}
   * @throws HiCacheException if the store cannot be reached
   */
  public static HiCacheStorage open(String backend, StorageConfig config, NamespaceRecord record) {
    HiCacheStorageProvider provider = Providers.find(backend);
    StorageConfig recorded = record.in(config);
    HiCacheStorage opened = linked(backend, () -> provider.open(config, record));
    return GuardedStorage.over(backend, opened, recorded);
  }

  /**
   * Lists the namespaces that a store holds.
   *
   * @param backend the backend's name
   * @param config the options; the identity is not looked at
   * @throws IllegalArgumentException as {@link #open(String, StorageConfig)}
   * @throws HiCacheException if the store cannot be reached
   */
  public static List<NamespaceRecord> namespaces(String backend, StorageConfig config) {
    HiCacheStorageProvider provider = Providers.find(backend);
    return linked(backend, () -> provider.namespaces(config));
  }

  /** Returns the names of the backends that can be opened here, in order. */
  public static List<String> backends() {
    return Providers.names();
  }

  /** A backend whose own library is missing is a store that is not there, not a broken JVM. */
  private static <T> T linked(String backend, Supplier<T> call) {
    try {
      return call.get();
    } catch (LinkageError e) {
      throw new HiCacheException(
          FaultKind.UNAVAILABLE,
          "backend %s: a class it needs is missing or does not fit: %s".formatted(backend, e),
          e);
    }
  }
}
