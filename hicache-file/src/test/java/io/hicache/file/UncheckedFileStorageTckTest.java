package io.hicache.file;

import io.hicache.StorageConfig;

/**
 * The contract, kept without checksums and on the caller's thread alone. A page cut short is still
 * caught, by the record at its end.
 */
class UncheckedFileStorageTckTest extends FileStorageTckTest {
  @Override
  protected StorageConfig config() {
    return super.config().withOption("checksum", "off").withOption("io-threads", "1");
  }
}
