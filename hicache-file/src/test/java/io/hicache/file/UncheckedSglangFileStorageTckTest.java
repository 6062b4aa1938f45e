package io.hicache.file;

import io.hicache.StorageConfig;

/**
 * The contract, kept with SGLang's names and its own means: a page is known by its length alone.
 */
class UncheckedSglangFileStorageTckTest extends SglangFileStorageTckTest {
  @Override
  protected StorageConfig config() {
    return super.config().withOption("checksum", "off");
  }
}
