package io.hicache.resp;

import io.hicache.StorageConfig;
import io.hicache.spi.CommonOptions;
import io.hicache.spi.Option;
import io.hicache.spi.Options;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The options of a backend that speaks RESP, under its own name and with the variables that Python
 * clients of its server read. Immutable.
 */
public final class ServerOptions {
  /** Highest number of a database that is accepted; a server has 16 unless told otherwise. */
  static final int MAX_DATABASE = 1_000_000;

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  /** How a page's content is checked. */
  public enum Checksum {
    /** Its CRC32C is recorded by a write and compared by a read. */
    CRC32C,
    /** It is not: a read compares length and record alone. */
    OFF
  }

  private final String backend;
  private final Option<ServerUrl> url;
  private final Option<String> host;
  private final Option<Integer> port;
  private final Option<Integer> database;
  private final Option<String> username;
  private final Option<String> password;
  private final Option<Integer> maxConnections =
      Option.number("max-connections", 2, 1024)
          .withDefault("8")
          .withPurpose("most connections; one in four, at least one, is for presence alone")
          .withAlias("max_connections");
  private final Option<Integer> chunk =
      Option.number("chunk-size", 1, 65_536)
          .withDefault("256")
          .withPurpose("most requests for pages sent ahead of their replies on one connection")
          .withAlias("chunk_size");
  private final Option<Long> window =
      Option.size("window", 64 << 10, 16L << 30)
          .withDefault("8MiB")
          .withPurpose(
              "most bytes of pages under way on all connections together; up to four times that where"
                  + " the server is far");
  private final Option<Checksum> checksum =
      Option.choice("checksum", Checksum.class)
          .withDefault("crc32c")
          .withPurpose("checksum of a page's content, computed by writes and compared by reads");
  private final Option<Duration> ttl =
      Option.duration("ttl", SHORTEST, Duration.ofDays(36_500))
          .withPurpose(
              "how long a written page lives where the call does not say; unset: for ever");
  private final Option<Duration> connectTimeout =
      Option.duration("connect-timeout", SHORTEST, LONGEST)
          .withDefault("5s")
          .withPurpose("how long a connection may take to be made");
  private final Option<Duration> timeout =
      Option.duration("timeout", SHORTEST, LONGEST)
          .withDefault("10s")
          .withPurpose("how long the server may move no byte while it is asked for some");

  private ServerOptions(String backend) {
    String prefix = backend.toUpperCase(Locale.ROOT);
    this.backend = backend;
    this.url = url(prefix);
    this.host =
        Option.text("host")
            .withPurpose("the server's host; default 127.0.0.1")
            .withVariable(prefix + "_HOST");
    this.port =
        Option.number("port", 1, 65_535)
            .withPurpose("the server's port; default 6379")
            .withVariable(prefix + "_PORT");
    this.database =
        Option.number("database", 0, MAX_DATABASE)
            .withPurpose("number of the database; default 0")
            .withAlias("db")
            .withAlias(backend + "_database")
            .withVariable(prefix + "_DB");
    this.username =
        Option.text("username")
            .withPurpose("who logs in; default the server's default user")
            .withAlias(backend + "_username");
    this.password =
        Option.text("password")
            .withPurpose("password of the user")
            .withAlias(backend + "_password")
            .withVariable(prefix + "_PASSWORD")
            .asSecret();
  }

  private static Option<ServerUrl> url(String prefix) {
    return Option.of("url", "redis://…, valkey://… or unix:/…", ServerUrl::parse)
        .withPurpose("the server as one text, in place of host and port")
        .withVariable(prefix + "_URL")
        .asSecret();
  }

  /**
   * Returns the options of a backend.
   *
   * @param backend its name
   */
  public static ServerOptions of(String backend) {
    return new ServerOptions(backend);
  }

  /** Returns every option, common ones included. */
  public List<Option<?>> all() {
    return List.of(
        url,
        host,
        port,
        database,
        username,
        password,
        maxConnections,
        chunk,
        window,
        checksum,
        ttl,
        connectTimeout,
        timeout,
        CommonOptions.NAMESPACE,
        CommonOptions.CLOSE_TIMEOUT);
  }

  /**
   * Reads the options.
   *
   * @param config where they are
   * @throws IllegalArgumentException if one is unknown or out of range, or contradicts the URL
   */
  public RespConfig read(StorageConfig config) {
    Options options = Options.read(backend, config, all());
    Optional<ServerUrl> server = options.find(url);
    return new RespConfig(
        backend,
        server.map(ServerUrl::address).orElseGet(() -> tcp(options)),
        options.find(username).or(() -> server.flatMap(ServerUrl::username)),
        options.find(password).or(() -> server.flatMap(ServerUrl::password)),
        options.find(database).or(() -> server.flatMap(ServerUrl::database)).orElse(0),
        options.get(window),
        options.get(maxConnections),
        options.get(chunk),
        options.get(checksum) == Checksum.CRC32C,
        options.find(ttl),
        options.get(connectTimeout),
        options.get(timeout),
        options.get(CommonOptions.CLOSE_TIMEOUT));
  }

  /**
   * Returns the pinned namespace, if there is one.
   *
   * @param config where the options are
   */
  public Optional<String> namespace(StorageConfig config) {
    return Options.peek(backend, config, CommonOptions.NAMESPACE);
  }

  private ServerAddress tcp(Options options) {
    String name = options.find(host).orElse("127.0.0.1");
    if (name.isEmpty() || name.contains("/") || name.contains("@")) {
      throw new IllegalArgumentException(
          "option host of backend " + backend + ": must be a name or number alone");
    }
    return new ServerAddress.Tcp(name, options.find(port).orElse(ServerUrl.PORT));
  }
}
