package io.hicache.valkey;

import io.hicache.resp.ServerBackend;
import io.hicache.resp.ServerOptions;
import io.hicache.spi.Option;
import java.util.List;

/** The options of backend {@code valkey}. Has no instances. */
public final class ValkeyConfig {
  private static final ServerOptions SERVER = ServerOptions.of(ValkeyStorageProvider.NAME);

  /** Every option, common ones included. */
  public static final List<Option<?>> OPTIONS = SERVER.all();

  static final ServerBackend BACKEND = new ServerBackend(ValkeyStorageProvider.NAME, SERVER);

  private ValkeyConfig() {}
}
