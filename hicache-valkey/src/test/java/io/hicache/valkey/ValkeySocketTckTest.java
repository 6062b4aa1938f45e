package io.hicache.valkey;

import io.hicache.PageKey;
import io.hicache.StorageConfig;
import io.hicache.resp.kit.ServerTck;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract, kept over a Unix domain socket, without checksums, in the smallest of windows. */
@ParameterizedClass
@MethodSource("io.hicache.resp.kit.Program#alone")
class ValkeySocketTckTest extends ServerTck {
  @Override
  protected String backend() {
    return ValkeyStorageProvider.NAME;
  }

  @Override
  protected StorageConfig options(StorageConfig plain) {
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
