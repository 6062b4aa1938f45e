package io.hicache.resp.kit;

import io.hicache.PageKey;
import io.hicache.StorageConfig;
import io.hicache.spi.NamespaceRecord;
import io.hicache.tck.HiCacheStorageTck;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** The contract, kept by a backend on a server of the test's own, in the library's own format. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ServerTck extends HiCacheStorageTck {
  private static final AtomicInteger MODELS = new AtomicInteger();

  /** Which server; JUnit sets it. */
  @Parameter protected Program program = Program.carried();

  private @Nullable TestServer server;
  private StorageConfig current = StorageConfig.of("unused", "bfloat16", 64);

  @BeforeParameterizedClassInvocation
  final void startServer() {
    server = program.start();
  }

  @AfterParameterizedClassInvocation
  final void stopServer() {
    server().close();
  }

  /** Starts each test with an empty server: some count what is there. */
  @Override
  protected final StorageConfig config() {
    server().ask("FLUSHALL");
    current = options(StorageConfig.of("tck-model-" + MODELS.incrementAndGet(), "bfloat16", 64));
    return current;
  }

  /**
   * Adds what leads to the server, and what else the test is about.
   *
   * @param plain the identity alone
   */
  protected StorageConfig options(StorageConfig plain) {
    return plain.withOption("url", server().url());
  }

  /** Returns the server. */
  protected final TestServer server() {
    return Objects.requireNonNull(server, "there is a server only while tests run");
  }

  /** A page is one string, named by its rank. */
  @Override
  protected boolean sharesHeadGroups() {
    return false;
  }

  @Override
  protected boolean corrupt(PageKey key) throws IOException {
    try (RawClient client = server().client()) {
      byte[] value = client.get(name(key));
      value[value.length / 2] ^= 1;
      client.set(name(key), value);
    }
    return true;
  }

  @Override
  protected boolean truncate(PageKey key) throws IOException {
    try (RawClient client = server().client()) {
      byte[] value = client.get(name(key));
      client.set(name(key), Arrays.copyOf(value, payload(value) / 2));
    }
    return true;
  }

  /** Returns how many bytes of a value are the page's. */
  protected int payload(byte[] value) {
    return value.length - 32;
  }

  /** Returns the configuration of the running test. */
  protected final StorageConfig current() {
    return current;
  }

  /** Returns a page's key in the server. */
  protected String name(PageKey key) {
    String id = NamespaceRecord.of(current, Optional.empty()).id();
    return "hicache:" + id + ":{" + key.value() + "}" + key.pool();
  }
}
