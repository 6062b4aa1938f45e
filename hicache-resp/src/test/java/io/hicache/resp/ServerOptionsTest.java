package io.hicache.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.StorageConfig;
import io.hicache.spi.Environment;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Names under which Python's backends know an option, and what of several places holds. */
class ServerOptionsTest {
  private static final StorageConfig PLAIN =
      StorageConfig.of("m", "bfloat16", 64).with(Environment.class, Environment.EMPTY);

  private static final Function<RespConfig, Object> ADDRESS = RespConfig::address;
  private static final Function<RespConfig, Object> DATABASE = RespConfig::database;
  private static final Function<RespConfig, Object> USER = ServerOptionsTest::user;
  private static final Function<RespConfig, Object> PASSWORD = ServerOptionsTest::password;
  private static final Function<RespConfig, Object> CONNECTIONS = RespConfig::maxConnections;
  private static final Function<RespConfig, Object> TTL = ServerOptionsTest::ttl;
  private static final Function<RespConfig, Object> CHUNK = RespConfig::chunk;
  private static final Function<RespConfig, Object> TIMEOUT = RespConfig::timeout;
  private static final Function<RespConfig, Object> CONNECT = RespConfig::connectTimeout;

  static Stream<Arguments> keys() {
    return Stream.of(
        Arguments.of("redis", "host", "h", ADDRESS, new ServerAddress.Tcp("h", 6379)),
        Arguments.of("valkey", "port", "7", ADDRESS, new ServerAddress.Tcp("127.0.0.1", 7)),
        Arguments.of("redis", "remote_url", "redis://h:7", ADDRESS, new ServerAddress.Tcp("h", 7)),
        Arguments.of("redis", "db", "2", DATABASE, 2),
        Arguments.of("redis", "redis_database", "2", DATABASE, 2),
        Arguments.of("valkey", "valkey_database", "2", DATABASE, 2),
        Arguments.of("redis", "username", "u", USER, "u"),
        Arguments.of("redis", "redis_username", "u", USER, "u"),
        Arguments.of("valkey", "valkey_username", "u", USER, "u"),
        Arguments.of("redis", "password", "p", PASSWORD, "p"),
        Arguments.of("redis", "redis_password", "p", PASSWORD, "p"),
        Arguments.of("valkey", "valkey_password", "p", PASSWORD, "p"),
        Arguments.of("redis", "chunk_size", "9", CHUNK, 9),
        Arguments.of("valkey", "max_connections", "9", CONNECTIONS, 9),
        Arguments.of("redis", "num_workers", "9", CONNECTIONS, 9),
        Arguments.of("valkey", "valkey_num_workers", "1", CONNECTIONS, 2),
        Arguments.of("valkey", "valkey_ttl_sec", "86400", TTL, Duration.ofDays(1)),
        Arguments.of("redis", "request_timeout", "5", TIMEOUT, Duration.ofSeconds(5)),
        Arguments.of("redis", "connection_timeout", "0.25", CONNECT, Duration.ofMillis(250)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("keys")
  void read_keyOfAPythonBackend_isTaken(
      String backend,
      String key,
      String value,
      Function<RespConfig, Object> part,
      Object expected) {
    RespConfig read = ServerOptions.of(backend).read(PLAIN.withOption(key, value));
    assertEquals(expected, part.apply(read));
  }

  static Stream<Arguments> variables() {
    return Stream.of(
        Arguments.of("valkey", "VALKEY_HOST", "h", ADDRESS, new ServerAddress.Tcp("h", 6379)),
        Arguments.of("redis", "REDIS_HOST", "h", ADDRESS, new ServerAddress.Tcp("h", 6379)),
        Arguments.of("redis", "LMCACHE_RESP_HOST", "h", ADDRESS, new ServerAddress.Tcp("h", 6379)),
        Arguments.of("valkey", "VALKEY_PORT", "7", ADDRESS, new ServerAddress.Tcp("127.0.0.1", 7)),
        Arguments.of("redis", "REDIS_PORT", "7", ADDRESS, new ServerAddress.Tcp("127.0.0.1", 7)),
        Arguments.of(
            "redis",
            "REDIS_PORT",
            "tcp://10.0.0.1:7",
            ADDRESS,
            new ServerAddress.Tcp("127.0.0.1", 7)),
        Arguments.of(
            "redis", "LMCACHE_RESP_PORT", "7", ADDRESS, new ServerAddress.Tcp("127.0.0.1", 7)),
        Arguments.of("redis", "REDIS_URL", "redis://h:7", ADDRESS, new ServerAddress.Tcp("h", 7)),
        Arguments.of(
            "valkey", "VALKEY_URL", "valkey://h", ADDRESS, new ServerAddress.Tcp("h", 6379)),
        Arguments.of("valkey", "VALKEY_DB", "2", DATABASE, 2),
        Arguments.of("redis", "REDIS_DB", "2", DATABASE, 2),
        Arguments.of("redis", "REDIS_USERNAME", "u", USER, "u"),
        Arguments.of("redis", "LMCACHE_RESP_USERNAME", "u", USER, "u"),
        Arguments.of("valkey", "VALKEY_PASSWORD", "p", PASSWORD, "p"),
        Arguments.of("redis", "REDIS_PASSWORD", "p", PASSWORD, "p"),
        Arguments.of("redis", "LMCACHE_RESP_PASSWORD", "p", PASSWORD, "p"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("variables")
  void read_variableOfAPythonBackend_isTaken(
      String backend,
      String name,
      String value,
      Function<RespConfig, Object> part,
      Object expected) {
    RespConfig read = ServerOptions.of(backend).read(withVariables(Map.of(name, value)));
    assertEquals(expected, part.apply(read));
  }

  @Test
  void read_enableTtl_turnsTheOptionOff() {
    StorageConfig config = PLAIN.withOption("valkey_ttl_sec", "60");
    assertEquals(
        Optional.empty(),
        ServerOptions.of("valkey").read(config.withOption("valkey_enable_ttl", "False")).ttl());
    assertEquals(
        Optional.of(Duration.ofMinutes(1)),
        ServerOptions.of("valkey").read(config.withOption("valkey_enable_ttl", "True")).ttl());
  }

  @Test
  void read_urlBesideHostOrPort_isRefused() {
    StorageConfig byUrl = PLAIN.withOption("url", "redis://:s3cret@h");
    for (String piece : new String[] {"host", "port"}) {
      String refusal = refusal(byUrl.withOption(piece, piece.equals("port") ? "1" : "h"));
      assertTrue(refusal.contains("option url and option " + piece), refusal);
    }
    String refusal =
        refusal(withVariables(Map.of("REDIS_URL", "redis://:s3cret@h", "REDIS_HOST", "h")));
    assertTrue(refusal.contains("variable REDIS_URL and variable REDIS_HOST"), refusal);
  }

  @Test
  void read_partOfTheUrlBesideItsOption_mayNotDiffer() {
    StorageConfig byUrl = PLAIN.withOption("url", "redis://u:s3cret@h/1");
    assertTrue(refusal(byUrl.withOption("password", "s3cret2")).contains("values of password"));
    assertTrue(refusal(byUrl.withOption("username", "v")).contains("values of username"));
    assertTrue(refusal(byUrl.withOption("db", "2")).contains("values of database"));
    RespConfig same =
        ServerOptions.of("redis")
            .read(
                byUrl
                    .withOption("password", "s3cret")
                    .withOption("username", "u")
                    .withOption("db", "1"));
    assertEquals(1, same.database());
  }

  @Test
  void read_fromSeveralPlaces_theNearestHolds() {
    Map<String, String> elsewhere =
        Map.of("REDIS_URL", "redis://:theirs@prod:1/5", "REDIS_PASSWORD", "theirs");
    RespConfig host =
        ServerOptions.of("redis").read(withVariables(elsewhere).withOption("host", "h"));
    assertEquals(new ServerAddress.Tcp("h", 6379), host.address());
    assertEquals(0, host.database(), "nothing of a URL that is overridden holds");
    RespConfig url =
        ServerOptions.of("redis")
            .read(
                withVariables(Map.of("REDIS_HOST", "prod", "REDIS_PASSWORD", "theirs"))
                    .withOption("url", "redis://:mine@h/2"));
    assertEquals(new ServerAddress.Tcp("h", 6379), url.address());
    assertEquals(Optional.of("mine"), url.password());
    RespConfig beside =
        ServerOptions.of("redis")
            .read(withVariables(Map.of("REDIS_PASSWORD", "mine")).withOption("url", "redis://h"));
    assertEquals(Optional.of("mine"), beside.password(), "a secret kept off the command line");
  }

  @Test
  void read_outOfRange_namesOptionValueAndRule() {
    assertTrue(refusal(PLAIN.withOption("request_timeout", "0")).contains("0.001"));
    assertTrue(refusal(PLAIN.withOption("request_timeout", "soon")).contains("seconds"));
    assertTrue(refusal(PLAIN.withOption("host", "redis://h")).contains("name or number alone"));
    assertTrue(refusal(PLAIN.withOption("colour", "blue")).contains("colour"));
    assertTrue(refusal(withVariables(Map.of("REDIS_PORT", "tcp://h"))).contains("REDIS_PORT"));
  }

  @Test
  void toString_ofAConfig_showsServerAndNoSecret() {
    RespConfig read =
        ServerOptions.of("redis").read(PLAIN.withOption("url", "redis://u:p4ss@h:1/2"));
    assertEquals("redis h:1/2", read.toString());
  }

  private static String user(RespConfig read) {
    return read.username().orElse("");
  }

  private static String password(RespConfig read) {
    return read.password().orElse("");
  }

  private static Duration ttl(RespConfig read) {
    return read.ttl().orElse(Duration.ZERO);
  }

  private static String refusal(StorageConfig config) {
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class, () -> ServerOptions.of("redis").read(config))
                .getMessage());
    assertFalse(message.contains("s3cret"), message);
    return message;
  }

  private static StorageConfig withVariables(Map<String, String> variables) {
    return PLAIN.with(Environment.class, new Environment(Map.of(), variables));
  }
}
