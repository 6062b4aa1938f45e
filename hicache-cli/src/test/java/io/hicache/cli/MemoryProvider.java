package io.hicache.cli;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.StorageConfig;
import io.hicache.spi.Diagnosis;
import io.hicache.spi.HiCacheStorageProvider;
import io.hicache.spi.NamespaceRecord;
import io.hicache.spi.Option;
import io.hicache.spi.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** "memory": namespaces that live as long as the process, so that one command sees another's. */
public final class MemoryProvider implements HiCacheStorageProvider {
  static final Option<String> STORE = Option.text("store").withDefault("main");
  static final Option<Boolean> TELLS_LENGTH = Option.flag("tells-length").withDefault("true");
  static final Option<Boolean> DOWN = Option.flag("down").withDefault("false");

  private static final Map<String, MemoryStorage> STORES = new ConcurrentHashMap<>();

  /** Returns the stores' pages as the only namespace of one test has them. */
  static MemoryStorage only(String store) {
    return STORES.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(store + "/"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Diagnosis diagnose(StorageConfig config) {
    return options(config).get(DOWN)
        ? new Diagnosis(false, "none", List.of("it is down"), List.of("bring it up"))
        : new Diagnosis(true, "1.0", List.of("it is up"), List.of());
  }

  @Override
  public List<NamespaceRecord> namespaces(StorageConfig config) {
    Map<String, NamespaceRecord> records = new TreeMap<>();
    String prefix = options(config).get(STORE) + "/";
    STORES.forEach((name, storage) -> {
      if (name.startsWith(prefix)) {
        records.put(name, storage.namespace());
      }
    });
    return List.copyOf(records.values());
  }

  @Override
  public HiCacheStorage open(StorageConfig config) {
    return open(config, NamespaceRecord.of(config, Optional.empty()));
  }

  @Override
  public HiCacheStorage open(StorageConfig config, NamespaceRecord record) {
    Options options = options(config);
    if (options.get(DOWN)) {
      throw new HiCacheException(FaultKind.UNAVAILABLE, "memory: is down");
    }
    return STORES
        .computeIfAbsent(options.get(STORE) + "/" + record.id(), name -> new MemoryStorage(record))
        .tellingLength(options.get(TELLS_LENGTH));
  }

  private static Options options(StorageConfig config) {
    return Options.read("memory", config, List.of(STORE, TELLS_LENGTH, DOWN));
  }
}
