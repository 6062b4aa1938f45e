package io.hicache.tck;

import io.hicache.HiCacheStorage;
import io.hicache.StorageConfig;
import io.hicache.spi.CommonOptions;
import io.hicache.spi.Diagnosis;
import io.hicache.spi.HiCacheStorageProvider;
import io.hicache.spi.NamespaceRecord;
import io.hicache.spi.Option;
import io.hicache.spi.Options;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Opens the reference storage, or the wrong one whose {@link Fault} is attached. */
public final class ReferenceProvider implements HiCacheStorageProvider {
  static final String NAME = "reference";

  private static final Option<String> STORE =
      Option.text("store").withPurpose("names the store, which lives as long as the process");

  private static final Map<String, Map<String, ReferenceSpace>> STORES = new ConcurrentHashMap<>();

  /** For the loader. */
  public ReferenceProvider() {}

  /** Returns a store's namespaces by id. */
  static Map<String, ReferenceSpace> spaces(String store) {
    return STORES.computeIfAbsent(store, name -> new ConcurrentHashMap<>());
  }

  /** Gives a store's memory back. */
  static void forget(String store) {
    STORES.remove(store);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Diagnosis diagnose(StorageConfig config) {
    return new Diagnosis(true, "reference", List.of(), List.of());
  }

  @Override
  public List<NamespaceRecord> namespaces(StorageConfig config) {
    return fault(config)
        .listed(
            spaces(options(config).get(STORE)).values().stream()
                .map(ReferenceSpace::record)
                .sorted(Comparator.comparing(NamespaceRecord::id))
                .toList());
  }

  @Override
  public HiCacheStorage open(StorageConfig config) {
    NamespaceRecord record =
        NamespaceRecord.of(
            fault(config).identity(config), options(config).find(CommonOptions.NAMESPACE));
    HiCacheStorage opened = open(config, record);
    NamespaceRecord stored = space(config, record).record();
    fault(config).compare(record, stored);
    return opened;
  }

  @Override
  public HiCacheStorage open(StorageConfig config, NamespaceRecord record) {
    ReferenceSpace space = space(config, fault(config).opened(config, record));
    HiCacheStorage named =
        RankNames.over(new ReferenceStorage(space), config, fault(config).naming(record));
    return fault(config).behindGuard(named, space);
  }

  private static ReferenceSpace space(StorageConfig config, NamespaceRecord record) {
    Map<String, ReferenceSpace> all = spaces(options(config).get(STORE));
    return all.computeIfAbsent(record.id(), id -> new ReferenceSpace(record, all.values()));
  }

  private static Options options(StorageConfig config) {
    return Options.read(
        NAME, fault(config).accepted(config), List.of(STORE, CommonOptions.NAMESPACE));
  }

  private static Fault fault(StorageConfig config) {
    return config.attachment(Fault.class).orElse(Fault.NONE);
  }
}
