package io.hicache.redis;

import io.hicache.StorageConfig;
import io.hicache.resp.RespConfig;
import io.hicache.resp.ServerOptions;
import io.hicache.spi.Option;
import java.util.List;
import java.util.Optional;

/** The options of backend {@code redis}. Has no instances. */
public final class RedisConfig {
  private static final ServerOptions SERVER = ServerOptions.of(RedisStorageProvider.NAME);

  /** Every option, common ones included. */
  public static final List<Option<?>> OPTIONS = SERVER.all();

  private RedisConfig() {}

  static RespConfig server(StorageConfig config) {
    return SERVER.read(config);
  }

  static Optional<String> namespace(StorageConfig config) {
    return SERVER.namespace(config);
  }
}
