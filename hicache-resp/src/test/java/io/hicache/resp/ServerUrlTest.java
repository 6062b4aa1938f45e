package io.hicache.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hicache.StorageConfig;
import io.hicache.spi.Environment;
import java.nio.file.Path;
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
    assertEquals(
        new ServerAddress.Tcp("my_redis-1", 1), ServerUrl.parse("REDIS://my_redis-1:1/").address());
  }

  @Test
  void parse_asPythonClientsWriteIt_isTheSame() {
    ServerUrl url = ServerUrl.parse("redis://h?db=3&username=u&password=p%26q");
    assertEquals(ServerUrl.parse("redis://u:p%26q@h/3"), url);
    assertEquals(url, ServerUrl.parse("redis://h/3?db=3&username=u&password=p%26q"));
  }

  @Test
  void parse_unixSocket_isAPath() {
    ServerAddress socket = new ServerAddress.Unix(Path.of("/run/a b"));
    assertEquals(socket, ServerUrl.parse("unix:/run/a%20b").address());
    assertEquals(socket, ServerUrl.parse("unix:///run/a%20b?db=2").address());
    assertEquals(Optional.of(2), ServerUrl.parse("unix:///run/a?db=2").database());
    ServerUrl login = ServerUrl.parse("unix://u:p%40@/run/a%20b?db=2");
    assertEquals(socket, login.address());
    assertEquals(Optional.of("u"), login.username());
    assertEquals(Optional.of("p@"), login.password());
    assertEquals("unix:/run/a b", login.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:s3cret@host:70000",
        "redis://:s3cret@host:0",
        "redis://:s3cret@host:x",
        "redis://:s3cret@",
        "redis://:s3cret@:6379",
        "redis://:s3cret@[::1",
        "redis://:s3cret%zz@host",
        "redis://:s3cret@host#f",
        "redis://:s3cret@host/99999999",
        "redis://:s3cret@host/1?db=2",
        "redis://:s3cret@host?password=other",
        "redis://host?db=1&db=1&s3cret",
        "redis:///s3cret",
        "unix://s3cret@host/x",
        "unix:",
        "",
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
}
