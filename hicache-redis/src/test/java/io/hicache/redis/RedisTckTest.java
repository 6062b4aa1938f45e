package io.hicache.redis;

import io.hicache.PageKey;
import io.hicache.StorageConfig;
import io.hicache.resp.kit.RawClient;
import io.hicache.resp.kit.TestServer;
import io.hicache.spi.NamespaceRecord;
import io.hicache.tck.HiCacheStorageTck;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The contract, kept over TCP with content checked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisTckTest extends HiCacheStorageTck {
  private static final AtomicInteger MODELS = new AtomicInteger();

  private TestServer server = TestServer.carried();
  private StorageConfig current = StorageConfig.of("unused", "bfloat16", 64);

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  protected String backend() {
    return RedisStorageProvider.NAME;
  }

  /** Starts each test with an empty server: some count what is there. */
  @Override
  protected StorageConfig config() {
    server.ask("FLUSHALL");
    current = options(StorageConfig.of("tck-model-" + MODELS.incrementAndGet(), "bfloat16", 64));
    return current;
  }

  /** Adds what leads to the server. */
  StorageConfig options(StorageConfig plain) {
    return plain.withOption("url", server.url());
  }

  TestServer server() {
    return server;
  }

  /** A page is one string, named by its rank. */
  @Override
  protected boolean sharesHeadGroups() {
    return false;
  }

  @Override
  protected boolean corrupt(PageKey key) throws IOException {
    try (RawClient client = server.client()) {
      byte[] value = client.get(name(key));
      value[value.length / 2] ^= 1;
      client.set(name(key), value);
    }
    return true;
  }

  @Override
  protected boolean truncate(PageKey key) throws IOException {
    try (RawClient client = server.client()) {
      byte[] value = client.get(name(key));
      client.set(name(key), Arrays.copyOf(value, (value.length - 32) / 2));
    }
    return true;
  }

  private String name(PageKey key) {
    String id = NamespaceRecord.of(current, Optional.empty()).id();
    return "hicache:" + id + ":{" + key.value() + "}" + key.pool();
  }
}
