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
import io.hicache.RankCoordinates;
import io.hicache.Region;
import io.hicache.Registration;
import io.hicache.StorageStats;
import io.hicache.StoreReport;
import io.hicache.spi.Deadline;
import io.hicache.spi.NamespaceRecord;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * One file per page, read and written between the page cache and the caller's memory without a
 * copy; a batch is spread over the caller's thread and a bounded pool. To stand behind the guard.
 */
public final class FileStorage implements HiCacheStorage {
  private static final System.Logger LOG = System.getLogger("io.hicache.file");
  private static final Set<CallOptions.Field> IGNORED =
      EnumSet.complementOf(EnumSet.of(CallOptions.Field.OVERWRITE));

  private final NamespaceDirectory namespace;
  private final PageTree tree;
  private final Function<PageKey, PageName> names;
  private final Capabilities capabilities;
  private final PageReader reader;
  private final PageWriter writer;
  private final SetAside setAside;
  private final IoPool pool;
  private final NamedBatch reads;
  private final NamedBatch writes;
  private final NamedBatch looks;
  private final NamedBatch deletes;
  private final Leftovers leftovers;

  private FileStorage(NamespaceDirectory namespace, RankCoordinates ranks, EngineConfig config) {
    this.namespace = namespace;
    this.tree = namespace.tree();
    FileNaming naming = FileNaming.of(namespace.record());
    RankCoordinates coordinates = naming.coordinates(namespace.record(), ranks);
    this.names = key -> naming.name(key, coordinates);
    this.capabilities = capabilities(config);
    this.reader = new PageReader(tree, config.checksums());
    this.writer = new PageWriter(tree, namespace::restore, config.checksums());
    this.setAside = new SetAside(tree);
    this.pool = new IoPool(config.ioThreads());
    this.reads = new NamedBatch("read of", names, tree, pool);
    this.writes = new NamedBatch("write of", names, tree, pool);
    this.looks = new NamedBatch("look for", names, tree, pool);
    this.deletes = new NamedBatch("delete of", names, tree, pool);
    this.leftovers = Leftovers.sweepOf(tree);
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
    NamespaceDirectory namespace = NamespaceDirectory.open(store, record, compare);
    LOG.log(
        Level.INFO,
        "opened file: dir {0}, namespace {1}, checksum {2}, io-threads {3}",
        store.path(),
        record.id(),
        config.checksums() ? "crc32c" : "off",
        config.ioThreads());
    return new FileStorage(namespace, ranks, config);
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
        (i, name, workspace) -> get(targets.get(i), name, workspace));
  }

  @Override
  public BatchResult batchSet(List<Page> sources, CallOptions options) {
    return writes.spread(
        sources.size(),
        i -> sources.get(i).key(),
        options,
        (i, name, workspace) -> writer.write(sources.get(i), name, options.overwrite(), workspace));
  }

  @Override
  public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
    return looks.walk(
        keys.size(),
        keys::get,
        options,
        (i, name, workspace) -> payloadBytes(name) > 0 ? Outcome.DONE : Outcome.ABSENT);
  }

  @Override
  public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
    return deletes.spread(
        keys.size(),
        keys::get,
        options,
        (i, name, workspace) ->
            Files.deleteIfExists(tree.file(name)) ? Outcome.DONE : Outcome.ABSENT);
  }

  @Override
  public OptionalLong length(PageKey key, CallOptions options) {
    PageName name = names.apply(key);
    if (Deadline.of(options).passed()) {
      throw new HiCacheException(
          FaultKind.TIMEOUT,
          "look for " + tree.file(name) + ": the deadline passed before it began");
    }
    try {
      long bytes = payloadBytes(name);
      return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
    } catch (IOException e) {
      throw FileFaults.of("look for", tree.file(name), e);
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
      PageWalk.shards(
          tree,
          (file, name) -> {
            if (FileNaming.isPage(name)) {
              Files.deleteIfExists(file);
            }
            return true;
          });
    } catch (IOException e) {
      throw FileFaults.of("clear of", tree.root(), e);
    }
  }

  @Override
  public StoreReport inspect() {
    return Inspection.of(namespace);
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
  }

  @Override
  public String toString() {
    return "file " + tree.root();
  }

  private Outcome get(Page target, PageName name, Workspace workspace) throws IOException {
    try {
      return switch (reader.read(target, name, workspace)) {
        case GOOD -> Outcome.DONE;
        case OTHER -> Outcome.MISMATCH;
        case DAMAGED -> {
          pool.uninterrupted(() -> setAside.take(name));
          yield Outcome.MISMATCH;
        }
      };
    } catch (NoSuchFileException e) {
      return Outcome.ABSENT;
    }
  }

  /** Returns a page's length by its file's, in one system call; less than 1 if it is not there. */
  private long payloadBytes(PageName name) throws IOException {
    BasicFileAttributes found = tree.attributes(tree.file(name));
    return found == null || !found.isRegularFile() ? 0 : found.size() - name.footerBytes();
  }

  private static Capabilities capabilities(EngineConfig config) {
    Set<Feature> features =
        EnumSet.of(Feature.TELLS_LENGTH, Feature.DELETES, Feature.CLEARS, Feature.CHECKSUMS);
    if (!config.checksums()) {
      features.remove(Feature.CHECKSUMS);
    }
    return new Capabilities(
        DeadlineMode.NONE, features, IGNORED, Optional.of(config.closeTimeout()));
  }
}
