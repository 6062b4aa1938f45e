package io.hicache.resp;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.Capabilities;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.Priority;
import io.hicache.RankCoordinates;
import io.hicache.Region;
import io.hicache.Registration;
import io.hicache.StorageConfig;
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

/**
 * Pages in a server, moved between the socket and the caller's memory without a copy. To stand
 * behind the guard.
 */
public final class RespStorage implements HiCacheStorage, PageLengths, HeadGroups {
  private static final System.Logger LOG = System.getLogger("io.hicache.resp");

  private final RespConfig config;
  private final String namespace;
  private final PageNames naming;
  private final PageTalks talks;
  private final Calls calls;
  private final Lane pages;
  private final Lane looks;
  private final SizeClasses classes;

  private RespStorage(RespConfig config, PageNames naming) {
    int forLooks = Math.max(1, config.maxConnections() / 4);
    this.config = config;
    this.namespace = naming.space();
    this.naming = naming;
    this.pages = new Lane(config.maxConnections() - forLooks);
    this.looks = new Lane(forLooks);
    this.classes = new SizeClasses(config.backend(), config.form().recordBytes());
    this.calls = new Calls(config);
    this.talks = talks(config, naming, new Window(config.window(), calls.distance()));
  }

  private static PageTalks talks(RespConfig config, PageNames naming, Window window) {
    return config.form() instanceof StoredForm.Lmcache form
            && naming instanceof LmcacheNames names
            && form.metadata().isPresent()
        ? new TwoStrings(config, names, form.metadata().get(), window)
        : new OneString(config, naming, window);
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
    StoredForm.HashTag hashTag =
        config.form() instanceof StoredForm.Own own ? own.hashTag() : StoredForm.HashTag.PAGE;
    RespStorage storage = new RespStorage(config, new PageNaming(record, ranks, hashTag));
    storage.begin(() -> Namespaces.open(record, compare, storage.calls, storage.looks));
    return storage;
  }

  /**
   * Opens a server whose pages lie as another program has them.
   *
   * @param config which server and how
   * @param identity whose pages
   * @throws HiCacheException if the server cannot be reached or refuses
   * @throws IllegalArgumentException if the form has no names for the model
   */
  public static RespStorage open(RespConfig config, StorageConfig identity) {
    PageNames naming =
        switch (config.form()) {
          case StoredForm.Sglang form -> new SglangNames(identity.model(), identity.ranks());
          case StoredForm.Lmcache form ->
              new LmcacheNames(form, identity.model(), identity.ranks());
          case StoredForm.Own form ->
              throw new IllegalArgumentException("the own form is opened by a namespace's record");
        };
    RespStorage storage = new RespStorage(config, naming);
    storage.begin(() ->
        storage.calls.single(
            "look at the server",
            storage.looks,
            Priority.GET,
            Deadline.NONE,
            (connection, turn) -> storage.calls.keyspace(connection).ping()));
    return storage;
  }

  private void begin(Runnable first) {
    boolean opened = false;
    try {
      first.run();
      opened = true;
    } finally {
      if (!opened) {
        close();
      }
    }
    LOG.log(
        Level.INFO,
        "opened {0}: namespace {1}, window {2}, checksum {3}",
        config,
        namespace,
        Units.ofBytes(config.window()),
        config.checksums() ? "crc32c" : "off");
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

  /** Returns how many connections a batch of pages is spread over. */
  private int connections(List<Page> batch) {
    return calls.distance().connections(batch.stream().mapToLong(Page::bytes).sum());
  }

  private PageTalks talks(CallOptions options, PageKey first) {
    return talks.named(naming.of(options, first));
  }

  @Override
  public BatchResult batchGet(List<Page> targets, CallOptions options) {
    return Nameable.run(
        targets,
        Page::key,
        naming,
        named ->
            calls.batch(
                "read of",
                named.size(),
                connections(named),
                pages,
                Priority.GET,
                options,
                talks(options, named.getFirst().key()).read(named)));
  }

  @Override
  public BatchResult batchSet(List<Page> sources, CallOptions options) {
    sources.stream().findFirst().ifPresent(page -> classes.look(page.bytes()));
    return Nameable.run(
        sources,
        Page::key,
        naming,
        named ->
            calls.batch(
                "write of",
                named.size(),
                connections(named),
                pages,
                Priority.PUT,
                options,
                talks(options, named.getFirst().key()).write(named, options)));
  }

  @Override
  public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
    return Nameable.run(
        keys,
        key -> key,
        naming,
        named ->
            calls.batch(
                "look for",
                named.size(),
                1,
                looks,
                Priority.PEEK,
                options,
                talks(options, named.getFirst()).present(named)));
  }

  @Override
  public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
    return Nameable.run(
        keys,
        key -> key,
        naming,
        named ->
            calls.batchOnce(
                "delete of",
                named.size(),
                pages,
                Priority.PUT,
                options,
                talks(options, named.getFirst()).delete(named)));
  }

  @Override
  public OptionalLong length(PageKey key, CallOptions options) {
    AtomicLong payload = new AtomicLong();
    calls.single(
        "look for",
        looks,
        options.priority().orElse(Priority.PEEK),
        Deadline.of(options),
        talks(options, key).length(key, payload::set));
    return payload.get() > 0 ? OptionalLong.of(payload.get()) : OptionalLong.empty();
  }

  @Override
  public void expect(PoolName pool, long bytes) {
    talks.expect(pool, bytes);
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
        "clear of namespace " + namespace,
        pages,
        Priority.PUT,
        Deadline.NONE,
        (connection, turn) -> {
          Keyspace keyspace = calls.keyspace(connection);
          keyspace.scan(
              naming.pattern(),
              keys ->
                  keyspace.unlink(
                      keys.stream().filter(key -> naming.holds(Names.text(key))).toList()));
        });
  }

  @Override
  public StoreReport inspect() {
    return Inspection.of(config, namespace, naming, calls, looks);
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
    return config + " namespace " + namespace;
  }
}
