package io.hicache.file.engine;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/**
 * Removes, once and in the background, the temporary files that writers left when they were killed:
 * those of this engine's own names, in this directory, not written to for an hour. A younger one
 * may still be somebody's.
 *
 * <p>It takes names from directories and looks closer at nothing but temporary files, at most
 * {@value #MOST} of them.
 */
final class Leftovers implements AutoCloseable {
  /** How long a file must have been left alone. */
  static final Duration AGE = Duration.ofHours(1);

  private static final int MOST = 100_000;
  private static final System.Logger LOG = System.getLogger("io.hicache.file");

  private final PageTree tree;
  private final PageWalk.Places places;
  private final Instant oldest;
  private final Thread thread;
  private volatile boolean closed;
  private int seen;
  private int removed;

  private Leftovers(PageTree tree, PageWalk.Places places) {
    this.tree = tree;
    this.places = places;
    this.oldest = Instant.now().minus(AGE);
    this.thread = Thread.ofPlatform().daemon().name("hicache-file-sweep").unstarted(this::sweep);
  }

  /** Begins to sweep a directory and the places where its pages lie. */
  static Leftovers sweepOf(PageTree tree, PageWalk.Places places) {
    Leftovers leftovers = new Leftovers(tree, places);
    leftovers.thread.start();
    return leftovers;
  }

  /** Waits until the sweep has ended by itself. */
  void await() throws InterruptedException {
    thread.join();
  }

  /** Ends the sweep after the file it is at. */
  @Override
  public void close() {
    closed = true;
    UninterruptedJoin.of(thread);
  }

  private void sweep() {
    try {
      PageWalk.directory(tree.root(), this::visit);
      places.walk(this::visit);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "sweep of leftovers in " + tree.root() + " ended early: " + e);
    }
    if (removed > 0) {
      LOG.log(Level.INFO, "removed " + removed + " leftovers of writers in " + tree.root());
    }
  }

  private boolean visit(Path file, String name) throws IOException {
    if (tree.isTemporary(name)) {
      seen++;
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (found.isRegularFile() && found.lastModifiedTime().toInstant().isBefore(oldest)) {
        removed += Files.deleteIfExists(file) ? 1 : 0;
      }
    }
    return !closed && seen < MOST;
  }
}
