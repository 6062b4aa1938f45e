package io.hicache.redis;

import io.hicache.resp.ServerBackend;
import io.hicache.resp.ServerOptions;
import io.hicache.spi.Option;
import java.util.List;

/** The options of backend {@code redis}. Has no instances. */
public final class RedisConfig {
  private static final ServerOptions SERVER = ServerOptions.of(RedisStorageProvider.NAME);

  /** Every option, common ones included. */
  public static final List<Option<?>> OPTIONS = SERVER.all();

  static final ServerBackend BACKEND = new ServerBackend(RedisStorageProvider.NAME, SERVER);

  private RedisConfig() {}
}
