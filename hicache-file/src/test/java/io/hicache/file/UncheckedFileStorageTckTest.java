package io.hicache.file;

import io.hicache.StorageConfig;
import io.hicache.tck.HiCacheStorageTck;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept without checksums and on the caller's thread alone. */
class UncheckedFileStorageTckTest extends HiCacheStorageTck {
  @TempDir Path directory;

  @Override
  protected String backend() {
    return FileStorageProvider.NAME;
  }

  @Override
  protected StorageConfig config() {
    return StorageConfig.of("tck-model", "bfloat16", 64)
        .withOption("dir", directory.toString())
        .withOption("checksum", "off")
        .withOption("io-threads", "1");
  }
}
