package consumer;

import io.hicache.HiCacheStorage;
import io.hicache.StorageConfig;
import io.hicache.spi.Diagnosis;
import io.hicache.spi.HiCacheStorageProvider;
import io.hicache.spi.NamespaceRecord;
import java.util.List;
import picocli.CommandLine.IVersionProvider;

/**
 * A backend whose provider is itself built on a library's class: without the library it cannot even
 * be loaded.
 */
public final class LostProvider implements HiCacheStorageProvider, IVersionProvider {
  @Override
  public String name() {
    return "lost";
  }

  @Override
  public String[] getVersion() {
    return new String[] {"1"};
  }

  @Override
  public Diagnosis diagnose(StorageConfig config) {
    return new Diagnosis(true, "1", List.of(), List.of());
  }

  @Override
  public List<NamespaceRecord> namespaces(StorageConfig config) {
    return List.of();
  }

  @Override
  public HiCacheStorage open(StorageConfig config) {
    throw new IllegalStateException("must not be reached without the library");
  }

  @Override
  public HiCacheStorage open(StorageConfig config, NamespaceRecord record) {
    return open(config);
  }
}
