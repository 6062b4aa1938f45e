package io.hicache.file.engine;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.Capabilities;
import io.hicache.DeadlineMode;
import io.hicache.FaultKind;
import io.hicache.Feature;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.RankCoordinates;
import io.hicache.Region;
import io.hicache.Registration;
import io.hicache.StorageStats;
import io.hicache.StoreReport;
import io.hicache.spi.Deadline;
import io.hicache.spi.HeadGroups;
import io.hicache.spi.NamespaceRecord;
import io.hicache.spi.PageLengths;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One file per page, read and written between the page cache and the caller's memory without a
 * copy; a batch is spread over the caller's thread and a bounded pool. To stand behind the guard.
 */
public final class FileStorage implements HiCacheStorage, PageLengths, HeadGroups {
  private static final System.Logger LOG = System.getLogger("io.hicache.file");
  private static final Set<CallOptions.Field> IGNORED =
      EnumSet.complementOf(EnumSet.of(CallOptions.Field.OVERWRITE));

  private final PageDirectory directory;
  private final PageTree tree;
  private final Capabilities capabilities;
  private final Map<PoolName, Long> pageBytes = new ConcurrentHashMap<>();
  private final PageAccess access;
  private final Room room;
  private final IoPool pool;
  private final PageFiles files;
  private final NamedBatch reads;
  private final NamedBatch writes;
  private final NamedBatch looks;
  private final NamedBatch deletes;
  private final Leftovers leftovers;

  private FileStorage(PageDirectory directory, Room room, EngineConfig config) {
    this.room = room;
    boolean checksums = config.checksums() && directory.canCheck();
    this.directory = directory;
    this.tree = directory.tree();
    this.capabilities = capabilities(config, checksums);
    this.access = config.directIo().access(tree, config.nativeFiles());
    this.pool = new IoPool(access, config.ioThreads());
    this.files = new PageFiles(directory, access, room, checksums, pool);
    this.reads = new NamedBatch("read of", directory::names, tree, pool);
    this.writes = new NamedBatch("write of", directory::names, tree, pool);
    this.looks = new NamedBatch("look for", directory::names, tree, pool);
    this.deletes = new NamedBatch("delete of", directory::names, tree, pool);
    this.leftovers = Leftovers.sweepOf(tree, directory);
  }

  /**
   * Opens a namespace of a store; makes it if it is new.
   *
   * @param store where
   * @param record whose pages
   * @param compare whether the store's record must be the same
   * @param ranks the rank whose pages they are
   * @param config how to work
   * @throws HiCacheException if the namespace cannot be made or read, or is another's
   */
  public static FileStorage open(
      StoreDirectory store,
      NamespaceRecord record,
      boolean compare,
      RankCoordinates ranks,
      EngineConfig config) {
    NamespaceDirectory namespace = NamespaceDirectory.open(store, record, compare, ranks);
    Room room =
        config.limits().isPresent()
            ? BoundedRoom.open(store.path(), namespace.tree().root(), config.limits().get())
            : Room.ANY;
    return opened(namespace, room, config);
  }

  /**
   * Opens a directory as SGLang's file backend lays it out.
   *
   * @param store where
   * @param naming whose pages
   * @param config how to work
   * @throws HiCacheException if the directory cannot be written
   */
  public static FileStorage open(StoreDirectory store, SglangNaming naming, EngineConfig config) {
    return opened(SglangDirectory.open(store, naming), Room.ANY, config);
  }

  private static FileStorage opened(PageDirectory directory, Room room, EngineConfig config) {
    FileStorage storage;
    try {
      storage = new FileStorage(directory, room, config);
    } catch (RuntimeException e) {
      room.close();
      throw e;
    }
    LOG.log(
        Level.INFO,
        "opened file: dir {0}, namespace {1}, checksum {2}, io-threads {3}, by {4}",
        directory.tree().root(),
        directory.id(),
        storage.capabilities.has(Feature.CHECKSUMS) ? "crc32c" : "off",
        config.ioThreads(),
        storage.access);
    return storage;
  }

  /**
   * Lists the namespaces of a store in order of their ids; none if it is not there.
   *
   * @param store the store's directory
   * @throws HiCacheException if it cannot be read
   */
  public static List<NamespaceRecord> namespaces(Path store) {
    return NamespaceDirectory.list(store);
  }

  @Override
  public BatchResult batchGet(List<Page> targets, CallOptions options) {
    return reads.spread(
        targets.size(),
        i -> targets.get(i).key(),
        options,
        (i, names, workspace) -> files.get(targets.get(i), names, workspace));
  }

  @Override
  public BatchResult batchSet(List<Page> sources, CallOptions options) {
    return writes.spread(
        sources.size(),
        i -> sources.get(i).key(),
        options,
        (i, names, workspace) -> files.set(sources.get(i), names, options.overwrite(), workspace));
  }

  @Override
  public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
    return looks.walk(
        keys.size(),
        keys::get,
        options,
        (i, names, workspace) -> present(keys.get(i), names, workspace));
  }

  @Override
  public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
    return deletes.spread(
        keys.size(), keys::get, options, (i, names, workspace) -> files.delete(names, workspace));
  }

  @Override
  public OptionalLong length(PageKey key, CallOptions options) {
    List<PageName> names = directory.names(key);
    if (Deadline.of(options).passed()) {
      throw new HiCacheException(
          FaultKind.TIMEOUT,
          "look for " + tree.file(names.getFirst()) + ": the deadline passed before it began");
    }
    Workspace workspace = pool.borrow();
    try {
      long bytes = files.payloadBytes(names, workspace);
      return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
    } catch (IOException e) {
      throw FileFaults.of("look for", tree.file(names.getFirst()), e);
    } finally {
      pool.giveBack(workspace);
    }
  }

  /** Takes the memory down and does no more: the kernel pins nothing for files. */
  @Override
  public Registration register(Region region) {
    return new Registration() {
      @Override
      public Region region() {
        return region;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void clear() {
    try {
      directory.walk((file, name) -> {
        if (directory.isPage(name)) {
          long bytes = room.counts() ? Files.size(file) : 0;
          if (Files.deleteIfExists(file)) {
            room.removed(bytes);
          }
        }
        return true;
      });
    } catch (IOException e) {
      throw FileFaults.of("clear of", tree.root(), e);
    }
  }

  @Override
  public StoreReport inspect() {
    return Inspection.of(directory);
  }

  /** Returns nothing: the guard counts. */
  @Override
  public StorageStats stats() {
    return new StorageStats(Map.of(), 0, 0);
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public void close() {
    leftovers.close();
    pool.close();
    room.close();
  }

  @Override
  public String toString() {
    return "file " + tree.root();
  }

  @Override
  public void expect(PoolName pool, long bytes) {
    pageBytes.put(pool, bytes);
  }

  @Override
  public boolean named() {
    return directory.keepsHeadGroups();
  }

  private Outcome present(PageKey key, List<PageName> names, Workspace workspace)
      throws IOException {
    long bytes = files.payloadBytes(names, workspace);
    Long expected = pageBytes.get(key.pool());
    return bytes > 0 && (expected == null || expected == bytes) ? Outcome.DONE : Outcome.ABSENT;
  }

  private static Capabilities capabilities(EngineConfig config, boolean checksums) {
    Set<Feature> features =
        EnumSet.of(Feature.TELLS_LENGTH, Feature.DELETES, Feature.CLEARS, Feature.CHECKSUMS);
    if (!checksums) {
      features.remove(Feature.CHECKSUMS);
    }
    return new Capabilities(
        DeadlineMode.NONE, features, IGNORED, Optional.of(config.closeTimeout()));
  }
}
