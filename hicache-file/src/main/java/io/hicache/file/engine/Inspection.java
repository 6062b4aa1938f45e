package io.hicache.file.engine;

import io.hicache.HiCacheException;
import io.hicache.StoreReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Counts what a store holds, by looking at every file of its directory. */
final class Inspection {
  private final PageDirectory directory;
  private long pages;
  private long bytes;
  private long temporaries;

  private Inspection(PageDirectory directory) {
    this.directory = directory;
  }

  /**
   * Counts.
   *
   * @throws HiCacheException if the file system failed
   */
  static StoreReport of(PageDirectory directory) {
    PageTree tree = directory.tree();
    Inspection seen = new Inspection(directory);
    try {
      directory.walk(seen::visit);
      return new StoreReport(
          "file",
          directory.id(),
          OptionalLong.of(seen.pages),
          OptionalLong.of(seen.bytes),
          OptionalLong.empty(),
          seen.details(tree.root()));
    } catch (IOException e) {
      throw FileFaults.of("inspection of", tree.root(), e);
    }
  }

  private boolean visit(Path file, String name) throws IOException {
    if (directory.tree().isTemporary(name)) {
      temporaries++;
    } else if (directory.isPage(name)) {
      pages++;
      bytes +=
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).size();
    }
    return true;
  }

  private Map<String, String> details(Path root) throws IOException {
    Disk disk = Disk.of(root);
    Map<String, String> details = new TreeMap<>();
    details.put("directory", root.toString());
    details.put("file-system", disk.type());
    details.put("free-bytes", Long.toString(disk.usableBytes()));
    details.put("total-bytes", Long.toString(disk.totalBytes()));
    details.put("temporary-files", Long.toString(temporaries));
    return details;
  }
}
