package io.hicache.file.engine;

import io.hicache.HiCacheException;
import io.hicache.StoreReport;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Counts what a namespace holds, by looking at every file of it. */
final class Inspection {
  private long pages;
  private long bytes;
  private long temporaries;

  private Inspection() {}

  /**
   * Counts.
   *
   * @throws HiCacheException if the file system failed
   */
  static StoreReport of(NamespaceDirectory namespace) {
    PageTree tree = namespace.tree();
    Inspection seen = new Inspection();
    try {
      PageWalk.shards(tree, seen::visit);
      return new StoreReport(
          "file",
          namespace.record().id(),
          OptionalLong.of(seen.pages),
          OptionalLong.of(seen.bytes),
          OptionalLong.empty(),
          seen.details(tree.root()));
    } catch (IOException e) {
      throw FileFaults.of("inspection of", tree.root(), e);
    }
  }

  private boolean visit(Path file, String name) throws IOException {
    if (PageTree.TEMPORARY.matcher(name).matches()) {
      temporaries++;
    } else if (FileNaming.isPage(name)) {
      pages++;
      bytes +=
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).size();
    }
    return true;
  }

  private Map<String, String> details(Path root) throws IOException {
    FileStore store = Files.getFileStore(root);
    Map<String, String> details = new TreeMap<>();
    details.put("directory", root.toString());
    details.put("file-system", store.type());
    details.put("free-bytes", Long.toString(store.getUsableSpace()));
    details.put("total-bytes", Long.toString(store.getTotalSpace()));
    details.put("temporary-files", Long.toString(temporaries));
    return details;
  }
}
