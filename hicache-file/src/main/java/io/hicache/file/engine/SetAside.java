package io.hicache.file.engine;

import io.hicache.spi.RateLimitedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Takes away page files that were found damaged, so that a later write can store the page anew.
 *
 * <p>Between the read and now a writer may have put a good page there. So the file is first moved
 * to a name that no reader looks at, looked at again there, where no writer can replace it, and
 * removed only if it is damaged; a good one goes back, unless a still newer one has come.
 * Thread-safe; several processes may do it to one page.
 */
final class SetAside {
  private final PageTree tree;
  private final RateLimitedLog log =
      new RateLimitedLog(System.getLogger("io.hicache.file"), Duration.ofSeconds(10));

  SetAside(PageTree tree) {
    this.tree = tree;
  }

  /** Takes a damaged page away; a fault of the file system is logged. */
  void take(PageName name) {
    Path file = tree.file(name);
    Path aside = tree.temporary(file);
    try {
      tree.publish(file, aside);
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      log.warn("damaged page " + file + " could not be set aside: " + e, e);
      return;
    }
    try {
      judge(name, file, aside);
    } catch (IOException e) {
      log.warn("damaged page " + file + " could not be removed: " + e, e);
    }
  }

  private void judge(PageName name, Path file, Path aside) throws IOException {
    if (inOrder(aside, name)) {
      tree.publishIfAbsent(aside, file);
      return;
    }
    Files.deleteIfExists(aside);
    log.warn("page " + file + " was damaged and has been removed", null);
  }

  /** A file that cannot be read goes back: only one that was read and is wrong may be removed. */
  private boolean inOrder(Path aside, PageName name) {
    try {
      return PageReader.inOrder(aside, name, tree);
    } catch (IOException e) {
      return true;
    }
  }
}
