package io.hicache.valkey;

import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.StorageConfig;
import io.hicache.resp.kit.ServerTck;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract, kept with the names proposed for SGLang, which hold less than the library's own.
 */
@ParameterizedClass
@MethodSource("io.hicache.resp.kit.Program#alone")
class ValkeySglangTckTest extends ServerTck {
  @Override
  protected String backend() {
    return ValkeyStorageProvider.NAME;
  }

  @Override
  protected StorageConfig options(StorageConfig plain) {
    return super.options(plain).withOption("naming", "sglang");
  }

  @Override
  protected boolean recordsIdentity() {
    return false;
  }

  @Override
  protected boolean canName(PageKey key) {
    boolean kv = key.pool().equals(PoolName.KV);
    return !key.value().contains(":") && !(kv && key.value().matches(".+\\.[a-z][a-z0-9_]*"));
  }

  @Override
  protected int payload(byte[] value) {
    return value.length;
  }

  @Override
  protected String name(PageKey key) {
    return "hicache:" + current().model().name().orElseThrow() + ":0:1:" + key.value();
  }
}
