package io.hicache.resp;

import io.hicache.StorageConfig;
import io.hicache.spi.CommonOptions;
import io.hicache.spi.Option;
import io.hicache.spi.Options;
import java.time.Duration;
import java.util.ArrayList;
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
  private static final Duration MAX_TTL = Duration.ofDays(36_500);
  static final int MAX_CONNECTIONS = 1024;
  static final int MAX_PORT = 65_535;

  /** What LMCache's adapter for RESP calls its variables. */
  private static final String LMCACHE = "LMCACHE_RESP";

  /** How a page's content is checked. */
  public enum Checksum {
    /** Its CRC32C is recorded by a write and compared by a read. */
    CRC32C,
    /** It is not: a read compares length and record alone. */
    OFF
  }

  /** What pages are called and hold. */
  public enum Naming {
    /** The library's own way. */
    OWN,
    /** As the Valkey backend that is proposed for SGLang. */
    SGLANG,
    /** As LMCache. */
    LMCACHE
  }

  private final String backend;
  private final Option<ServerUrl> url;
  private final Option<String> host;
  private final Option<Integer> port;
  private final Option<Integer> database;
  private final Option<String> username;
  private final Option<String> password;
  private final Option<Integer> maxConnections =
      Option.number("max-connections", 2, MAX_CONNECTIONS)
          .withDefault("8")
          .withPurpose("most connections; one in four, at least one, is for presence alone")
          .withAlias("max_connections")
          .withAlias("num_workers", PythonValues::workers)
          .withAlias("valkey_num_workers", PythonValues::workers);
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
  private final Option<Naming> naming =
      Option.choice("naming", Naming.class)
          .withDefault("own")
          .withPurpose("names and form of pages: the library's own, or as SGLang or LMCache");
  private final Option<StoredForm.HashTag> hashTag =
      Option.choice("hash-tag", StoredForm.HashTag.class)
          .withPurpose("which pages share a slot where keys are spread; default page");
  private final Option<Checksum> checksum =
      Option.choice("checksum", Checksum.class)
          .withDefault("crc32c")
          .withPurpose("checksum of a page's content, computed by writes and compared by reads");
  private final Option<Duration> ttl =
      Option.duration("ttl", SHORTEST, MAX_TTL)
          .withPurpose("how long a written page lives where the call does not say; unset: for ever")
          .withAlias("valkey_ttl_sec", text -> PythonValues.seconds(text, MAX_TTL));
  private final Option<Boolean> enableTtl =
      Option.flag("enable-ttl")
          .withDefault("true")
          .withPurpose("false: option ttl is not used; a call's own time to live is")
          .withAlias("valkey_enable_ttl");
  private final Option<Duration> connectTimeout =
      Option.duration("connect-timeout", SHORTEST, LONGEST)
          .withDefault("5s")
          .withPurpose("how long a connection may take to be made")
          .withAlias("connection_timeout", text -> PythonValues.seconds(text, LONGEST));
  private final Option<Duration> timeout =
      Option.duration("timeout", SHORTEST, LONGEST)
          .withDefault("10s")
          .withPurpose("how long the server may move no byte while it is asked for some")
          .withAlias("request_timeout", text -> PythonValues.seconds(text, LONGEST));

  private ServerOptions(String backend) {
    String prefix = backend.toUpperCase(Locale.ROOT);
    this.backend = backend;
    this.url = url(prefix);
    this.host =
        Option.text("host")
            .withPurpose("the server's host; default 127.0.0.1")
            .withVariable(prefix + "_HOST")
            .withVariable(LMCACHE + "_HOST");
    this.port =
        Option.number("port", 1, MAX_PORT)
            .withPurpose("the server's port; default 6379")
            .withVariable(prefix + "_PORT", PythonValues::port)
            .withVariable(LMCACHE + "_PORT");
    this.database =
        Option.number("database", 0, MAX_DATABASE)
            .withPurpose("number of the database; default 0")
            .withAlias("db")
            .withAlias(backend + "_database")
            .withVariable(prefix + "_DB");
    this.username =
        Option.text("username")
            .withPurpose("who logs in; default the server's default user")
            .withAlias(backend + "_username")
            .withVariable(prefix + "_USERNAME")
            .withVariable(LMCACHE + "_USERNAME");
    this.password = password(backend, prefix);
  }

  private static Option<String> password(String backend, String prefix) {
    return Option.text("password")
        .withPurpose("password of the user")
        .withAlias(backend + "_password")
        .withVariable(prefix + "_PASSWORD")
        .withVariable(LMCACHE + "_PASSWORD")
        .asSecret();
  }

  private static Option<ServerUrl> url(String prefix) {
    return Option.of("url", "redis://…, valkey://… or unix:/…", ServerUrl::parse)
        .withPurpose("the server as one text, in place of host and port")
        .withAlias("remote_url")
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
    List<Option<?>> all = new ArrayList<>(LmcacheOptions.all());
    all.addAll(server());
    return List.copyOf(all);
  }

  private List<Option<?>> server() {
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
        naming,
        hashTag,
        checksum,
        ttl,
        enableTtl,
        connectTimeout,
        timeout,
        CommonOptions.NAMESPACE,
        CommonOptions.STORED_LAYOUT,
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
    Optional<ServerUrl> server = server(options);
    return new RespConfig(
        backend,
        server.map(ServerUrl::address).orElseGet(() -> tcp(options)),
        part(options, username, server.flatMap(ServerUrl::username)),
        part(options, password, server.flatMap(ServerUrl::password)),
        part(options, database, server.flatMap(ServerUrl::database)).orElse(0),
        options.get(window),
        options.get(maxConnections),
        options.get(chunk),
        options.get(naming) == Naming.OWN && options.get(checksum) == Checksum.CRC32C,
        options.get(enableTtl) ? options.find(ttl) : Optional.empty(),
        options.get(connectTimeout),
        options.get(timeout),
        form(options, config),
        options.get(CommonOptions.CLOSE_TIMEOUT));
  }

  private StoredForm form(Options options, StorageConfig config) {
    Optional<StoredForm.HashTag> tag = options.find(hashTag);
    if (options.get(naming) != Naming.OWN && tag.isPresent()) {
      throw new IllegalArgumentException(
          "%s of backend %s: must not be set with another naming than own"
              .formatted(options.source(hashTag), backend));
    }
    return switch (options.get(naming)) {
      case OWN -> new StoredForm.Own(tag.orElse(StoredForm.HashTag.PAGE));
      case SGLANG -> new StoredForm.Sglang();
      case LMCACHE -> LmcacheOptions.read(backend, options, config);
    };
  }

  /** Returns the URL, unless a host or port was given nearer to the call: then none of it holds. */
  private Optional<ServerUrl> server(Options options) {
    Optional<ServerUrl> given = options.find(url);
    if (given.isEmpty()) {
      return given;
    }
    boolean overridden = false;
    for (Option<?> piece : List.of(host, port)) {
      int nearness = options.compareNearness(piece, url);
      if (nearness == 0) {
        throw new IllegalArgumentException(
            "%s and %s of backend %s: must not be given together, because a URL has both host and port"
                .formatted(options.source(url), options.source(piece), backend));
      }
      overridden |= nearness < 0;
    }
    return overridden ? Optional.empty() : given;
  }

  /** Returns an option that a URL may have too; what was given nearer to the call holds. */
  private <T> Optional<T> part(Options options, Option<T> option, Optional<T> inUrl) {
    Optional<T> own = options.find(option);
    if (own.isEmpty() || inUrl.isEmpty()) {
      return own.or(() -> inUrl);
    }
    int nearness = options.compareNearness(option, url);
    if (nearness == 0 && !own.equals(inUrl)) {
      throw new IllegalArgumentException(
          "%s and %s of backend %s: must not give different values of %s"
              .formatted(options.source(url), options.source(option), backend, option.name()));
    }
    return nearness <= 0 ? own : inUrl;
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
