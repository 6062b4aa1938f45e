package io.hicache.file.engine;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.PageKey;
import io.hicache.RankCoordinates;
import io.hicache.spi.NamespaceRecord;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A namespace's directory below the store's: made where it is missing, and identified by its record
 * in the file {@value #RECORD}, which no shard directory can be called. The record is published
 * whole, so that of two processes that race, both see the first one's. Thread-safe.
 */
final class NamespaceDirectory implements PageDirectory {
  /** The record's file. */
  static final String RECORD = "namespace";

  private static final System.Logger LOG = System.getLogger("io.hicache.file");

  private final StoreDirectory store;
  private final NamespaceRecord record;
  private final PageTree tree;
  private final FileNaming naming;
  private final RankCoordinates ranks;

  private NamespaceDirectory(StoreDirectory store, NamespaceRecord record, RankCoordinates ranks) {
    this.store = store;
    this.record = record;
    this.naming = FileNaming.of(record);
    this.ranks = naming.coordinates(record, ranks);
    this.tree = new PageTree(store.path().resolve(record.id()));
  }

  /**
   * Opens a namespace, and makes and records it if it is new.
   *
   * @param store where
   * @param record whose pages
   * @param compare whether the store's record must be the same
   * @param ranks the rank whose pages they are
   * @throws HiCacheException if it cannot be made or read, or is another's
   */
  static NamespaceDirectory open(
      StoreDirectory store, NamespaceRecord record, boolean compare, RankCoordinates ranks) {
    NamespaceDirectory namespace = new NamespaceDirectory(store, record, ranks);
    Path file = namespace.tree.root().resolve(RECORD);
    try {
      if (!Files.exists(file)) {
        namespace.make();
      }
      if (compare) {
        record.requireSame(read(namespace.tree.root()));
      }
    } catch (IOException e) {
      throw FileFaults.of("open of namespace", file, e);
    }
    return namespace;
  }

  /**
   * Lists the namespaces of a store in order of their ids. One whose record is damaged is logged
   * and left out.
   *
   * @throws HiCacheException if the store's directory cannot be read
   */
  static List<NamespaceRecord> list(Path store) {
    List<NamespaceRecord> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(store)) {
      for (Path entry : entries) {
        if (Files.isRegularFile(entry.resolve(RECORD))) {
          addReadable(entry, found);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw FileFaults.of("listing of namespaces in", store, e);
    }
    found.sort(Comparator.comparing(NamespaceRecord::id));
    return List.copyOf(found);
  }

  @Override
  public String id() {
    return record.id();
  }

  @Override
  public PageTree tree() {
    return tree;
  }

  @Override
  public List<PageName> names(PageKey key) {
    return naming.names(key, ranks);
  }

  @Override
  public boolean keepsHeadGroups() {
    return true;
  }

  @Override
  public boolean canCheck() {
    return true;
  }

  @Override
  public boolean isPage(String file) {
    return FileNaming.isPage(file);
  }

  @Override
  public void walk(PageWalk.Visitor visitor) throws IOException {
    PageWalk.shards(tree, visitor);
  }

  @Override
  public void restore(Path file) throws IOException {
    Path shard = file.getParent();
    if (shard == null) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isDirectory(tree.root())) {
      make();
    }
    PageTree.createDirectory(shard);
  }

  private void make() throws IOException {
    if (!Files.isDirectory(store.path())) {
      throw new NoSuchFileException(store.path().toString());
    }
    PageTree.createDirectory(tree.root());
    Path file = tree.root().resolve(RECORD);
    Path temporary = tree.temporary(file);
    try {
      tree.writeDurably(temporary, record.text().getBytes(StandardCharsets.UTF_8));
      tree.publishIfAbsent(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static NamespaceRecord read(Path namespace) throws IOException {
    Path file = namespace.resolve(RECORD);
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return NamespaceRecord.parse(String.valueOf(namespace.getFileName()), text);
    } catch (HiCacheException e) {
      throw new HiCacheException(
          FaultKind.REFUSED,
          "%s (%s); remove %s to start the namespace anew"
              .formatted(e.getMessage(), file, namespace),
          e);
    }
  }

  private static void addReadable(Path namespace, List<NamespaceRecord> found) {
    try {
      found.add(read(namespace));
    } catch (IOException | HiCacheException | IllegalArgumentException e) {
      LOG.log(Level.WARNING, "left out of the list of namespaces: " + e.getMessage());
    }
  }
}
