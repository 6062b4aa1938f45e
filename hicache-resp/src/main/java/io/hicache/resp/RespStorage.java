package io.hicache.resp;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.Capabilities;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.Priority;
import io.hicache.RankCoordinates;
import io.hicache.Region;
import io.hicache.Registration;
import io.hicache.StorageStats;
import io.hicache.StoreReport;
import io.hicache.spi.Deadline;
import io.hicache.spi.HeadGroups;
import io.hicache.spi.NamespaceRecord;
import io.hicache.spi.PageLengths;
import io.hicache.spi.Units;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * One string per page, moved between the socket and the caller's memory without a copy. To stand
 * behind the guard.
 */
public final class RespStorage implements HiCacheStorage, PageLengths, HeadGroups {
  private static final System.Logger LOG = System.getLogger("io.hicache.resp");

  /** Questions that carry no page: as many ahead of their answers as two round trips may hold. */
  private static final int SHORT_QUESTIONS = 4096;

  private final RespConfig config;
  private final NamespaceRecord record;
  private final PageNaming naming;
  private final Window window;
  private final Calls calls;
  private final Lane pages;
  private final Lane looks;
  private final DamagedValues damaged;
  private final ValueLengths lengths = new ValueLengths();
  private final SizeClasses classes;

  private RespStorage(RespConfig config, NamespaceRecord record, RankCoordinates ranks) {
    int forLooks = Math.max(1, config.maxConnections() / 4);
    this.config = config;
    this.record = record;
    this.naming = new PageNaming(record, ranks);
    this.pages = new Lane(config.maxConnections() - forLooks);
    this.looks = new Lane(forLooks);
    this.damaged = new DamagedValues(config);
    this.classes = new SizeClasses(config.backend());
    this.calls = new Calls(config);
    this.window = new Window(config.window(), calls.distance());
  }

  /**
   * Opens a namespace of a server; records it if it is new.
   *
   * @param config which server and how
   * @param record whose pages
   * @param compare whether the server's record must be the same
   * @param ranks the rank whose pages they are
   * @throws HiCacheException if the server cannot be reached or refuses, or the namespace is
   *     another's
   */
  public static RespStorage open(
      RespConfig config, NamespaceRecord record, boolean compare, RankCoordinates ranks) {
    RespStorage storage = new RespStorage(config, record, ranks);
    boolean opened = false;
    try {
      Namespaces.open(record, compare, storage.calls, storage.looks);
      opened = true;
    } finally {
      if (!opened) {
        storage.close();
      }
    }
    LOG.log(
        Level.INFO,
        "opened {0}: namespace {1}, window {2}, checksum {3}",
        config,
        record.id(),
        Units.ofBytes(config.window()),
        config.checksums() ? "crc32c" : "off");
    return storage;
  }

  /**
   * Lists the namespaces of a server in order of their ids. Goes over all of its keys.
   *
   * @param config which server
   * @throws HiCacheException if it cannot be reached or refuses
   */
  public static List<NamespaceRecord> namespaces(RespConfig config) {
    Lane lane = new Lane(1);
    try (Calls calls = new Calls(config);
        lane) {
      return Namespaces.list(calls, lane);
    }
  }

  @Override
  public BatchResult batchGet(List<Page> targets, CallOptions options) {
    byte[][] names = names(targets.size(), i -> targets.get(i).key());
    return calls.batch(
        "read of",
        targets.size(),
        connections(targets),
        pages,
        Priority.GET,
        options,
        (connection, turn) -> {
          PageReads reads = new PageReads(connection, turn, targets, names, config.checksums());
          pipeline(connection, turn, config.chunk()).run(Names.positions(names.length), reads);
          damaged.take(reads.damaged(), connection, turn);
        });
  }

  @Override
  public BatchResult batchSet(List<Page> sources, CallOptions options) {
    byte[][] names = names(sources.size(), i -> sources.get(i).key());
    sources.stream().findFirst().ifPresent(page -> classes.look(page.bytes()));
    return calls.batch(
        "write of",
        sources.size(),
        connections(sources),
        pages,
        Priority.PUT,
        options,
        (connection, turn) -> {
          PageWrites writes =
              new PageWrites(
                  connection,
                  turn,
                  pipeline(connection, turn, config.chunk()),
                  sources,
                  names,
                  config,
                  options.ttl());
          if (options.overwrite()) {
            writes.overwrite();
          } else {
            writes.putIfAbsent();
          }
        });
  }

  @Override
  public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
    byte[][] names = names(keys.size(), keys::get);
    return calls.batch(
        "look for",
        names.length,
        1,
        looks,
        Priority.PEEK,
        options,
        asking(
            "STRLEN",
            names,
            (i, length) -> lengths.isPage(keys.get(i), length) ? Outcome.DONE : Outcome.ABSENT));
  }

  @Override
  public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
    byte[][] names = names(keys.size(), keys::get);
    return calls.batchOnce(
        "delete of",
        names.length,
        pages,
        Priority.PUT,
        options,
        asking("UNLINK", names, (i, removed) -> removed > 0 ? Outcome.DONE : Outcome.ABSENT));
  }

  @Override
  public OptionalLong length(PageKey key, CallOptions options) {
    byte[][] names = names(1, i -> key);
    AtomicLong found = new AtomicLong();
    calls.single(
        "look for",
        looks,
        options.priority().orElse(Priority.PEEK),
        Deadline.of(options),
        (connection, turn) ->
            pipeline(connection, turn, 1)
                .run(
                    Names.positions(1),
                    new Questions(
                        connection,
                        turn,
                        "STRLEN",
                        names,
                        (i, n) -> {
                          found.set(n);
                          turn.record(i, Outcome.DONE);
                        })));
    long payload = found.get() - ValueRecord.BYTES;
    return payload > 0 ? OptionalLong.of(payload) : OptionalLong.empty();
  }

  @Override
  public void expect(PoolName pool, long bytes) {
    lengths.expect(pool, bytes);
    classes.look(bytes);
  }

  /** Takes the memory down and does no more: a socket pins nothing. */
  @Override
  public Registration register(Region region) {
    return new UnpinnedRegistration(region);
  }

  @Override
  public void clear() {
    calls.single(
        "clear of namespace " + record.id(),
        pages,
        Priority.PUT,
        Deadline.NONE,
        (connection, turn) -> {
          Keyspace keyspace = calls.keyspace(connection);
          keyspace.scan(naming.pattern(), keyspace::unlink);
        });
  }

  @Override
  public StoreReport inspect() {
    return Inspection.of(config, record, naming, calls, looks);
  }

  /** Says no: a page is one string, whatever heads it holds. */
  @Override
  public boolean named() {
    return false;
  }

  /** Returns nothing: the guard counts. */
  @Override
  public StorageStats stats() {
    return new StorageStats(Map.of(), 0, 0);
  }

  @Override
  public Capabilities capabilities() {
    return config.capabilities();
  }

  @Override
  public void close() {
    pages.close();
    looks.close();
    calls.close();
  }

  @Override
  public String toString() {
    return config + " namespace " + record.id();
  }

  /** What a number that the server answered means. */
  private interface Meaning {
    Outcome of(int position, long number);
  }

  private Calls.Talk asking(String command, byte[][] names, Meaning meaning) {
    return (connection, turn) ->
        pipeline(connection, turn, SHORT_QUESTIONS)
            .run(
                Names.positions(names.length),
                new Questions(
                    connection,
                    turn,
                    command,
                    names,
                    (i, number) -> turn.record(i, meaning.of(i, number))));
  }

  /** Returns how many connections a batch of pages is spread over. */
  private int connections(List<Page> batch) {
    return calls.distance().connections(batch.stream().mapToLong(Page::bytes).sum());
  }

  private Pipeline pipeline(Connection connection, Turn turn, int ahead) {
    return new Pipeline(connection, turn, window, ahead);
  }

  private byte[][] names(int size, IntFunction<PageKey> keys) {
    return Names.encoded(size, i -> naming.name(keys.apply(i)));
  }
}
