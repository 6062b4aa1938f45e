package io.hicache.valkey;

import io.hicache.resp.kit.ServerTck;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract, kept over TCP with content checked, on every Valkey here. */
@ParameterizedClass
@MethodSource("io.hicache.resp.kit.Program#valkey")
class ValkeyTckTest extends ServerTck {
  @Override
  protected String backend() {
    return ValkeyStorageProvider.NAME;
  }
}
