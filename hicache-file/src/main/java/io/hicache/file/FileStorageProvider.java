package io.hicache.file;

import io.hicache.HiCacheStorage;
import io.hicache.PageLayout;
import io.hicache.StorageConfig;
import io.hicache.ffm.NativeFiles;
import io.hicache.file.FileConfig.Naming;
import io.hicache.file.engine.DirectIo;
import io.hicache.file.engine.Disk;
import io.hicache.file.engine.EngineConfig;
import io.hicache.file.engine.FileStorage;
import io.hicache.file.engine.Limits;
import io.hicache.file.engine.SglangNaming;
import io.hicache.file.engine.StoreDirectory;
import io.hicache.spi.Diagnosis;
import io.hicache.spi.HiCacheStorageProvider;
import io.hicache.spi.NamespaceRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Backend {@code file}: pages in a directory, one file each, shared by any processes that can reach
 * it. Works on any machine, with no server; {@link FileConfig} has its options.
 *
 * <ul>
 *   <li><b>Bytes.</b> Zero-copy between the page cache and the caller's memory; with {@code
 *       direct-io} between disk and memory for parts of whole blocks, through a buffer for others.
 *       A page's length is always checked, its CRC32C unless {@code checksum=off}. A damaged page
 *       is removed. With {@code naming=sglang} the CRC32C is an extended attribute, which pages
 *       that SGLang wrote do not have: of those, only the length is checked.
 *   <li><b>Ownership.</b> No buffer of page size ({@code direct-io} has one of 1 MiB a worker), and
 *       about 1 KiB of heap per page.
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

  private static final long MOST_FREE_BYTES = 10L << 30;
  private static final int FREE_SHARE = 20;

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

  /** Lists the records; there are none with {@code naming=sglang}, whose files have no room. */
  @Override
  public List<NamespaceRecord> namespaces(StorageConfig config) {
    FileConfig file = FileConfig.from(config);
    return file.naming() == Naming.SGLANG
        ? List.of()
        : FileStorage.namespaces(file.dir().toAbsolutePath().normalize());
  }

  @Override
  public HiCacheStorage open(StorageConfig config) {
    FileConfig file = FileConfig.from(config);
    if (file.naming() == Naming.SGLANG) {
      return openSglang(config, file);
    }
    StorageConfig stored = file.storedLayout().map(config::withLayout).orElse(config);
    return openOwn(config, file, NamespaceRecord.of(stored, file.namespace()), true);
  }

  @Override
  public HiCacheStorage open(StorageConfig config, NamespaceRecord record) {
    FileConfig file = FileConfig.from(config);
    StorageConfig recorded = record.in(config);
    file.storedLayout().ifPresent(layout -> requireRecorded(layout, recorded, record));
    return file.naming() == Naming.SGLANG
        ? openSglang(recorded, file)
        : openOwn(config, file, record, false);
  }

  private static HiCacheStorage openOwn(
      StorageConfig config, FileConfig file, NamespaceRecord record, boolean compare) {
    StoreDirectory store = StoreDirectory.open(file.dir(), !file.dirGiven());
    return FileStorage.open(store, record, compare, config.ranks(), engine(file));
  }

  /** A default below a directory that all may write could be anybody's. */
  private static HiCacheStorage openSglang(StorageConfig config, FileConfig file) {
    SglangNaming naming = new SglangNaming(config.model(), config.ranks());
    StoreDirectory store =
        file.dirGiven()
            ? StoreDirectory.open(file.dir(), false)
            : StoreDirectory.openOwn(file.dir());
    return FileStorage.open(store, naming, engine(file));
  }

  private static void requireRecorded(
      PageLayout layout, StorageConfig recorded, NamespaceRecord record) {
    if (layout != recorded.model().layout()) {
      throw new IllegalArgumentException(
          "option stored-layout of backend file is %s: must be left out or %s, as namespace %s records"
              .formatted(layout.label(), recorded.model().layout().label(), record.id()));
    }
  }

  private static Optional<NativeFiles> nativeFiles(FileConfig.NativeIo nativeIo) {
    return switch (nativeIo) {
      case AUTO -> NativeFiles.find();
      case ON -> Optional.of(NativeFiles.require());
      case OFF -> Optional.empty();
    };
  }

  /** The default leaves a share of the disk, so that a store nobody bounded does not fill it. */
  private static Optional<Limits> limits(FileConfig file) {
    long maxSize = file.maxSize().orElse(Long.MAX_VALUE);
    long minFree = file.minFreeSpace().orElseGet(() -> defaultFreeBytes(file.dir()));
    return maxSize == Long.MAX_VALUE && minFree == 0
        ? Optional.empty()
        : Optional.of(new Limits(maxSize, minFree));
  }

  private static long defaultFreeBytes(Path dir) {
    try {
      return Math.min(MOST_FREE_BYTES, Disk.of(dir).totalBytes() / FREE_SHARE);
    } catch (IOException e) {
      return MOST_FREE_BYTES;
    }
  }

  private static EngineConfig engine(FileConfig file) {
    return new EngineConfig(
        file.checksum() == FileConfig.Checksum.CRC32C,
        file.ioThreads(),
        nativeFiles(file.nativeIo()),
        DirectIo.valueOf(file.directIo().name()),
        limits(file),
        file.closeTimeout());
  }
}
