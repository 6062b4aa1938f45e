package io.hicache.file.engine;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;

/**
 * One look at every page file of a store: what all take, and which have not been used for longest.
 * Not thread-safe.
 */
final class OldestPages {
  /** How many are remembered; when they are gone, the store is looked at again. */
  static final int MOST = 32_768;

  private final PriorityQueue<PageFile> oldest =
      new PriorityQueue<>(Comparator.comparingLong(PageFile::usedMillis).reversed());
  private final Set<String> owners = new TreeSet<>();
  private long bytes;

  /**
   * A page's file.
   *
   * @param namespace the directory of its namespace
   * @param name its last part
   * @param usedMillis when it was last written, read or asked for
   */
  record PageFile(Path namespace, String name, long usedMillis) {
    /** Returns where it lies. */
    Path path() {
      return EncodedNames.resolve(namespace, FileNaming.place(name));
    }
  }

  private OldestPages() {}

  /** Looks at a store's every namespace. */
  static OldestPages of(Path store) throws IOException {
    OldestPages seen = new OldestPages();
    for (Path namespace : namespaces(store)) {
      PageWalk.shards(new PageTree(namespace), (file, name) -> seen.visit(namespace, file, name));
    }
    return seen;
  }

  /** Returns the bytes of all page files. */
  long bytes() {
    return bytes;
  }

  /** Returns the pools, and the ranks where names tell them, that there are pages of. */
  Set<String> owners() {
    return owners;
  }

  /** Returns the files that have not been used for longest, those first. */
  Queue<PageFile> inOrder() {
    List<PageFile> sorted = new ArrayList<>(oldest);
    sorted.sort(Comparator.comparingLong(PageFile::usedMillis));
    return new ArrayDeque<>(sorted);
  }

  private boolean visit(Path namespace, Path file, String name) throws IOException {
    if (FileNaming.isPage(name)) {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      bytes += found.size();
      owners.add(FileNaming.owner(name));
      oldest.add(new PageFile(namespace, name, found.lastModifiedTime().toMillis()));
      if (oldest.size() > MOST) {
        oldest.remove();
      }
    }
    return true;
  }

  private static List<Path> namespaces(Path store) throws IOException {
    List<Path> namespaces = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(store)) {
      for (Path entry : entries) {
        if (Files.isRegularFile(entry.resolve(NamespaceDirectory.RECORD))) {
          namespaces.add(entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return namespaces;
  }
}
