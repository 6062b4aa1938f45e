package io.hicache.redis;

import io.hicache.resp.kit.ServerTck;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract, kept over TCP with content checked, on every Redis here. */
@ParameterizedClass
@MethodSource("io.hicache.resp.kit.Program#redis")
class RedisTckTest extends ServerTck {
  @Override
  protected String backend() {
    return RedisStorageProvider.NAME;
  }
}
