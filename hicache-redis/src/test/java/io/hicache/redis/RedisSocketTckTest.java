package io.hicache.redis;

import io.hicache.PageKey;
import io.hicache.StorageConfig;

/** The contract, kept over a Unix domain socket, without checksums, in the smallest of windows. */
class RedisSocketTckTest extends RedisTckTest {
  @Override
  StorageConfig options(StorageConfig plain) {
    return plain
        .withOption("url", "unix:" + server().socket())
        .withOption("checksum", "off")
        .withOption("window", "64KiB")
        .withOption("chunk-size", "3")
        .withOption("max-connections", "2");
  }

  /**
   * The kit expects of a store without checksums to take what is left for a page; ours does not.
   */
  @Override
  protected boolean truncate(PageKey key) {
    return false;
  }
}
