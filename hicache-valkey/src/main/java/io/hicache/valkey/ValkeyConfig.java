package io.hicache.valkey;

import io.hicache.StorageConfig;
import io.hicache.resp.RespConfig;
import io.hicache.resp.ServerOptions;
import io.hicache.spi.Option;
import java.util.List;
import java.util.Optional;

/** The options of backend {@code valkey}. Has no instances. */
public final class ValkeyConfig {
  private static final ServerOptions SERVER = ServerOptions.of(ValkeyStorageProvider.NAME);

  /** Every option, common ones included. */
  public static final List<Option<?>> OPTIONS = SERVER.all();

  private ValkeyConfig() {}

  static RespConfig server(StorageConfig config) {
    return SERVER.read(config);
  }

  static Optional<String> namespace(StorageConfig config) {
    return SERVER.namespace(config);
  }
}
