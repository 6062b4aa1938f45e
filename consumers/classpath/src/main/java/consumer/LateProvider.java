package consumer;

import io.hicache.HiCacheStorage;
import io.hicache.StorageConfig;
import io.hicache.spi.Diagnosis;
import io.hicache.spi.HiCacheStorageProvider;
import io.hicache.spi.NamespaceRecord;
import java.util.List;
import picocli.CommandLine;

/**
 * A backend as the contract wants it: its members mention nothing of the library, which is missed
 * only when a store is opened.
 */
public final class LateProvider implements HiCacheStorageProvider {
  @Override
  public String name() {
    return "late";
  }

  @Override
  public Diagnosis diagnose(StorageConfig config) {
    try {
      return new Diagnosis(true, CommandLine.VERSION, List.of(version()), List.of());
    } catch (NoClassDefFoundError e) {
      return new Diagnosis(false, "", List.of("no picocli"), List.of("add info.picocli:picocli"));
    }
  }

  @Override
  public List<NamespaceRecord> namespaces(StorageConfig config) {
    return List.of();
  }

  @Override
  public HiCacheStorage open(StorageConfig config) {
    throw new IllegalStateException("must not be reached without the library " + version());
  }

  @Override
  public HiCacheStorage open(StorageConfig config, NamespaceRecord record) {
    return open(config);
  }

  private static String version() {
    return new CommandLine(new Object()).toString();
  }
}
