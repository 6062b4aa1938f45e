package io.hicache.file;

import io.hicache.HiCacheStorage;
import io.hicache.StorageConfig;
import io.hicache.file.engine.EngineConfig;
import io.hicache.file.engine.FileStorage;
import io.hicache.file.engine.StoreDirectory;
import io.hicache.spi.Diagnosis;
import io.hicache.spi.HiCacheStorageProvider;
import io.hicache.spi.NamespaceRecord;
import java.util.List;

/**
 * Backend {@code file}: pages in a directory, one file each, shared by any processes that can reach
 * it. Works on any machine, with no server; {@link FileConfig} has its options.
 *
 * <ul>
 *   <li><b>Bytes.</b> Zero-copy between the page cache and the caller's memory. A page's length is
 *       always checked, its CRC32C unless {@code checksum=off}. A damaged page is removed.
 *   <li><b>Ownership.</b> No buffer of page size, and about 1 KiB of heap per page.
 *   <li><b>Threads.</b> A batch of several pages is spread over {@code io-threads}.
 *   <li><b>Lifetime.</b> Pages are published by atomic rename, whole or not at all, and are not
 *       forced to disk: a machine's crash may lose or damage the latest, which a read then tells.
 *   <li><b>Failure.</b> A full disk or a missing permission is {@code FAILED(refused)}; a store
 *       whose directory is gone is {@code FAILED(unavailable)}. A deadline keeps pages from
 *       beginning; what has begun is waited for.
 * </ul>
 */
public final class FileStorageProvider implements HiCacheStorageProvider {
  /** The backend's name. */
  public static final String NAME = "file";

  /** Called by {@link java.util.ServiceLoader}. */
  public FileStorageProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Diagnosis diagnose(StorageConfig config) {
    return FileDiagnosis.of(config);
  }

  @Override
  public List<NamespaceRecord> namespaces(StorageConfig config) {
    return FileStorage.namespaces(FileConfig.from(config).dir().toAbsolutePath().normalize());
  }

  @Override
  public HiCacheStorage open(StorageConfig config) {
    FileConfig file = FileConfig.from(config);
    return open(config, file, NamespaceRecord.of(config, file.namespace()), true);
  }

  @Override
  public HiCacheStorage open(StorageConfig config, NamespaceRecord record) {
    return open(config, FileConfig.from(config), record, false);
  }

  private static HiCacheStorage open(
      StorageConfig config, FileConfig file, NamespaceRecord record, boolean compare) {
    return FileStorage.open(
        StoreDirectory.open(file.dir(), !file.dirGiven()),
        record,
        compare,
        config.ranks(),
        new EngineConfig(
            file.checksum() == FileConfig.Checksum.CRC32C, file.ioThreads(), file.closeTimeout()));
  }
}
