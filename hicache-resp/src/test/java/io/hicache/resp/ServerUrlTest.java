package io.hicache.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.StorageConfig;
import io.hicache.spi.Environment;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerUrlTest {
  private static final StorageConfig PLAIN =
      StorageConfig.of("m", "bfloat16", 64).with(Environment.class, Environment.EMPTY);

  @Test
  void parse_allOfIt_isTakenApart() {
    ServerUrl url = ServerUrl.parse("valkey://us%40er:p%3Ass%2B+@example.org:7000/5");
    assertEquals(new ServerAddress.Tcp("example.org", 7000), url.address());
    assertEquals(Optional.of("us@er"), url.username());
    assertEquals(Optional.of("p:ss++"), url.password());
    assertEquals(Optional.of(5), url.database());
    assertEquals("example.org:7000", url.toString());
  }

  @Test
  void parse_hostAlone_hasTheUsualPort() {
    ServerUrl url = ServerUrl.parse("redis://[::1]");
    assertEquals(new ServerAddress.Tcp("::1", 6379), url.address());
    assertEquals(Optional.empty(), url.username());
    assertEquals(Optional.of("x"), ServerUrl.parse("redis://:x@h").password());
  }

  @Test
  void parse_unixSocket_isAPath() {
    ServerAddress socket = new ServerAddress.Unix(Path.of("/run/a b"));
    assertEquals(socket, ServerUrl.parse("unix:/run/a%20b").address());
    assertEquals(socket, ServerUrl.parse("unix:///run/a%20b?db=2").address());
    assertEquals(Optional.of(2), ServerUrl.parse("unix:///run/a?db=2").database());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:s3cret@host:70000",
        "redis://:s3cret@host/x",
        "redis://:s3cret@host/0?a=b",
        "rediss://:s3cret@host",
        "http://:s3cret@host",
        "redis://:s3cret@ho st",
        "redis:s3cret",
        "unix:s3cret",
        "unix://s3cret/x",
        "unix:///x?s3cret=1",
        "s3cret"
      })
  void read_malformedUrl_isRefusedAndNotRepeated(String url) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> ServerOptions.of("redis").read(PLAIN.withOption("url", url)));
    for (Throwable t = refusal; t != null; t = t.getCause()) {
      assertFalse(String.valueOf(t.getMessage()).contains("s3cret"), t::toString);
    }
  }

  @Test
  void read_ofEveryAlias_isTaken() {
    Map<String, String> code =
        Map.of("host", "h", "port", "1", "db", "2", "redis_username", "u", "redis_password", "p");
    StorageConfig config = PLAIN;
    for (Map.Entry<String, String> option : code.entrySet()) {
      config = config.withOption(option.getKey(), option.getValue());
    }
    RespConfig read =
        ServerOptions.of("redis")
            .read(config.withOption("chunk_size", "7").withOption("max_connections", "9"));
    assertEquals(new ServerAddress.Tcp("h", 1), read.address());
    assertEquals(2, read.database());
    assertEquals(Optional.of("u"), read.username());
    assertEquals(Optional.of("p"), read.password());
    assertEquals(7, read.chunk());
    assertEquals(9, read.maxConnections());
    assertEquals("redis h:1/2", read.toString());
  }

  @Test
  void read_ofEveryVariable_isTaken() {
    Map<String, String> variables =
        Map.of("VALKEY_HOST", "h", "VALKEY_PORT", "1", "VALKEY_DB", "2", "VALKEY_PASSWORD", "p");
    RespConfig read =
        ServerOptions.of("valkey")
            .read(PLAIN.with(Environment.class, new Environment(Map.of(), variables)));
    assertEquals(new ServerAddress.Tcp("h", 1), read.address());
    assertEquals(2, read.database());
    assertEquals(Optional.of("p"), read.password());
    Environment url = new Environment(Map.of(), Map.of("REDIS_URL", "redis://:q@other:5/1"));
    RespConfig byUrl = ServerOptions.of("redis").read(PLAIN.with(Environment.class, url));
    assertEquals(new ServerAddress.Tcp("other", 5), byUrl.address());
    assertEquals(1, byUrl.database());
    assertEquals(Optional.of("q"), byUrl.password());
    assertTrue(byUrl.toString().endsWith("other:5/1"));
  }
}
