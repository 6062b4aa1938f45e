package io.hicache.file;

import io.hicache.StorageConfig;

/** The contract, kept past the page cache. */
class DirectFileStorageTckTest extends FileStorageTckTest {
  @Override
  protected StorageConfig config() {
    return super.config().withOption("direct-io", "on");
  }
}
