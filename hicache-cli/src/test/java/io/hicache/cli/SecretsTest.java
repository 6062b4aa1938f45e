package io.hicache.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.StorageConfig;
import io.hicache.resp.kit.TestServer;
import io.hicache.spi.Environment;
import io.hicache.spi.Providers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A password, however it is given, is in nothing that is logged, thrown, printed or counted. */
@Timeout(60)
class SecretsTest {
  private static final String PASSWORD = "pa55%40w0rd";
  private static final String PLAIN = "pa55@w0rd";

  private final StringBuilder said = new StringBuilder();

  static Stream<Arguments> places() {
    return Stream.of(
        Arguments.of("option", place((c, port) -> at(c, port).withOption("password", PLAIN))),
        Arguments.of(
            "url",
            place((c, port) -> c.withOption("url", "redis://:" + PASSWORD + "@127.0.0.1:" + port))),
        Arguments.of(
            "variable", place((c, port) -> at(c, port).with(Environment.class, variables()))),
        Arguments.of(
            "property",
            place((c, port) ->
                at(c, port)
                    .with(
                        Environment.class,
                        new Environment(Map.of("hicache.redis.password", PLAIN), Map.of())))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("places")
  void everythingSaid_goodTimesAndBad_hasNoPassword(String name, Place place) {
    try (TestServer server = TestServer.carried("--requirepass", PLAIN);
        Recorder recorder = new Recorder()) {
      StorageConfig config = place.of(StorageConfig.of("m", "bfloat16", 64), server.port());
      say(config, Providers.find("redis").diagnose(config));
      use(config, server);
      assertThrows(HiCacheException.class, () -> opened(config));
      say(Providers.find("redis").diagnose(config));
      assertTrue(recorder.lines.toString().contains("opened redis"), "the log was heard");
      said.append(recorder.lines);
    }
    assertFalse(said.toString().contains(PLAIN), said::toString);
    assertFalse(said.toString().contains(PASSWORD), said::toString);
  }

  /** Works, then has the server refuse the login, then go away. */
  private void use(StorageConfig config, TestServer server) {
    try (Arena arena = Arena.ofShared();
        HiCacheStorage storage = HiCacheStorages.open("redis", config)) {
      Page page = Page.of(new PageKey("k"), arena.allocate(20_000));
      say(storage.set(page), storage.inspect());
      server.askAs(PLAIN, "CONFIG", "SET", "requirepass", "an0ther");
      HiCacheException refused = assertThrows(HiCacheException.class, () -> opened(config));
      assertTrue(String.valueOf(refused.getMessage()).contains("WRONGPASS"), refused::toString);
      server.kill();
      say(storage.batchGet(List.of(page)));
      say(storage, storage.stats(), storage.capabilities());
    }
  }

  private void opened(StorageConfig config) {
    try {
      HiCacheStorages.open("redis", config).close();
    } catch (HiCacheException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      say(trace);
      throw e;
    }
  }

  private void say(Object... words) {
    for (Object word : words) {
      said.append(word).append('\n');
    }
  }

  private static Environment variables() {
    return new Environment(Map.of(), Map.of("REDIS_PASSWORD", PLAIN));
  }

  private static StorageConfig at(StorageConfig config, int port) {
    return config.withOption("host", "127.0.0.1").withOption("port", Integer.toString(port));
  }

  private static Place place(Place place) {
    return place;
  }

  /** Where the password is given. */
  interface Place {
    StorageConfig of(StorageConfig config, int port);
  }

  /** Hears everything that is logged. */
  private static final class Recorder extends Handler implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("io.hicache");

    final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final SimpleFormatter form = new SimpleFormatter();

    Recorder() {
      setLevel(Level.ALL);
      ROOT.setLevel(Level.ALL);
      ROOT.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(form.format(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      ROOT.removeHandler(this);
      ROOT.setLevel(null);
    }
  }
}
