package io.hicache.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory of one's own, removed with all that is in it when it is closed, or when the JVM is
 * asked to end before.
 */
final class Scratch implements Closeable {
  private final Path directory;
  private final Thread hook = Thread.ofPlatform().unstarted(this::removeAtExit);

  /**
   * Makes the directory.
   *
   * @param under an existing directory
   */
  Scratch(Path under) throws IOException {
    this.directory = Files.createTempDirectory(under, "hicache-bench-");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Returns where it is. */
  Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    remove();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private void removeAtExit() {
    try {
      remove();
    } catch (IOException e) {
      System.err.println("cannot remove " + directory + ": " + e);
    }
  }

  private void remove() throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(directory)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return; // somebody was faster
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
