package io.hicache.tck;

import io.hicache.StorageConfig;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** The reference keeps every rule of the kit. */
class ReferenceTckTest extends HiCacheStorageTck {
  private final String name = UUID.randomUUID().toString();

  @Override
  protected String backend() {
    return ReferenceProvider.NAME;
  }

  @Override
  protected StorageConfig config() {
    return StorageConfig.of("tck-model", "bfloat16", 64).withOption("store", name);
  }

  @AfterEach
  void forgetStore() {
    ReferenceProvider.forget(name);
  }
}
