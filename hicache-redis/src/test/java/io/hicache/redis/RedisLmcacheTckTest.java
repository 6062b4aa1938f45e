package io.hicache.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.StorageConfig;
import io.hicache.resp.kit.ServerTck;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract, kept with two strings a page, as LMCache has them. */
@ParameterizedClass
@MethodSource("io.hicache.resp.kit.Program#alone")
class RedisLmcacheTckTest extends ServerTck {
  @Override
  protected String backend() {
    return RedisStorageProvider.NAME;
  }

  @Override
  protected StorageConfig options(StorageConfig plain) {
    return super.options(plain)
        .withOption("naming", "lmcache")
        .withOption("lmcache-dtype", "bfloat16")
        .withOption("lmcache-shape", "2,32,256,1024");
  }

  @Override
  protected boolean recordsIdentity() {
    return false;
  }

  @Override
  protected boolean canName(PageKey key) {
    return !key.value().startsWith("@") && !key.value().contains("@pool%");
  }

  /** The metadata would tell: nothing that is cut short is taken for a page. */
  @Override
  protected boolean truncate(PageKey key) {
    return false;
  }

  /** LMCache's names do not say which kind of attention it is: a model has one. */
  @Test
  @Override
  public void pages_ofLatentAttention_areNotSeenByOthers() {
    PageKey key = new PageKey("ff");
    try (Arena arena = Arena.ofShared();
        HiCacheStorage latent = HiCacheStorages.open(backend(), config().withMla(true));
        HiCacheStorage other = HiCacheStorages.open(backend(), current().withMla(false))) {
      assertEquals(latent.inspect().namespace(), other.inspect().namespace());
      assertEquals(Outcome.DONE, latent.set(Page.of(key, arena.allocate(512))));
      assertEquals(Outcome.DONE, other.get(Page.of(key, arena.allocate(512))));
    }
  }

  @Override
  protected String name(PageKey key) {
    String model = current().model().name().orElseThrow();
    String pool = key.pool().equals(PoolName.KV) ? "" : "@pool%" + key.pool();
    int at = key.value().indexOf('@');
    String hash = at < 0 ? key.value() : key.value().substring(0, at);
    String rest = at < 0 ? "" : key.value().substring(at);
    return "{" + model + "@1@0@" + hash + "@bfloat16" + rest + pool + "}:kv_bytes";
  }
}
