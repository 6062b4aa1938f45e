package io.hicache.tck;

import io.hicache.HiCacheStorage;
import io.hicache.PageKey;
import io.hicache.StorageConfig;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** The kit on the reference storage with a fault in it, or none. */
class ReferenceKit extends HiCacheStorageTck {
  private final String name = UUID.randomUUID().toString();
  private final Fault fault;

  ReferenceKit(Fault fault) {
    this.fault = fault;
  }

  @Override
  protected String backend() {
    return ReferenceProvider.NAME;
  }

  @Override
  protected StorageConfig config() {
    return StorageConfig.of("tck-model", "bfloat16", 64)
        .withOption("store", name)
        .with(Fault.class, fault);
  }

  @Override
  protected boolean corrupt(PageKey key) {
    return fault.letsDamage()
        && damage(
            key,
            bytes -> {
              bytes[bytes.length / 2]++;
              return bytes;
            });
  }

  @Override
  protected boolean truncate(PageKey key) {
    return damage(key, bytes -> Arrays.copyOf(bytes, bytes.length / 2));
  }

  @Override
  HiCacheStorage guarded(HiCacheStorage storage) {
    return fault.beforeGuard(storage);
  }

  @AfterEach
  void forgetStore() {
    ReferenceProvider.forget(name);
  }

  private boolean damage(PageKey key, UnaryOperator<byte[]> damage) {
    String id = tck().store().inspect().namespace();
    ReferenceSpace space = Objects.requireNonNull(ReferenceProvider.spaces(name).get(id));
    space
        .pages()
        .computeIfPresent(
            key, (same, stored) -> stored.damaged(damage.apply(stored.bytes().clone())));
    return true;
  }
}
