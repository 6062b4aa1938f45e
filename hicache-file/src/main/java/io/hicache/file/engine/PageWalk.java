package io.hicache.file.engine;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Looks at every file of a directory, while others add and remove some. */
final class PageWalk {
  private PageWalk() {}

  /** What is done with a file. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Looks at one file.
     *
     * @param file where it lies
     * @param name its last part
     * @return whether to go on
     * @throws NoSuchFileException if it has gone meanwhile, which is no fault
     * @throws IOException if the file system failed; ends the walk
     */
    boolean visit(Path file, String name) throws IOException;
  }

  /** Where pages lie. */
  @FunctionalInterface
  interface Places {
    /** Visits every file there, in no order. */
    void walk(Visitor visitor) throws IOException;
  }

  /** Visits what lies in the shard directories, in no order. */
  static void shards(PageTree tree, Visitor visitor) throws IOException {
    boolean goOn = true;
    for (int shard = 0; shard < PageTree.SHARDS && goOn; shard++) {
      goOn = directory(tree.shard(shard), visitor);
    }
  }

  /** Visits what lies in one directory; returns whether to go on. */
  static boolean directory(Path directory, Visitor visitor) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (!visit(file, visitor)) {
          return false;
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return true;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return true;
  }

  private static boolean visit(Path file, Visitor visitor) throws IOException {
    try {
      return visitor.visit(file, EncodedNames.nameOf(file));
    } catch (NoSuchFileException e) {
      return true;
    }
  }
}
