package io.hicache.file.engine;

import io.hicache.PageKey;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A directory that SGLang servers write, too: every page a file of its bytes and nothing else, and
 * no other file, so that nothing there is strange to them. Thread-safe.
 */
final class SglangDirectory implements PageDirectory {
  private final SglangNaming naming;
  private final PageTree tree;
  private final boolean canCheck;

  private SglangDirectory(SglangNaming naming, PageTree tree, boolean canCheck) {
    this.naming = naming;
    this.tree = tree;
    this.canCheck = canCheck;
  }

  /**
   * Opens the pages of a naming.
   *
   * @throws io.hicache.HiCacheException if the directory cannot be written
   */
  static SglangDirectory open(StoreDirectory store, SglangNaming naming) {
    PageTree tree = PageTree.shared(store.path());
    try {
      return new SglangDirectory(naming, tree, ChecksumAttribute.supported(tree));
    } catch (IOException e) {
      throw FileFaults.of("open of", store.path(), e);
    }
  }

  @Override
  public String id() {
    return naming.suffix();
  }

  @Override
  public PageTree tree() {
    return tree;
  }

  @Override
  public List<PageName> names(PageKey key) {
    return List.of(PageName.bare(naming.name(key)));
  }

  @Override
  public boolean keepsHeadGroups() {
    return false;
  }

  @Override
  public boolean canCheck() {
    return canCheck;
  }

  @Override
  public boolean isPage(String file) {
    return naming.isPage(file);
  }

  @Override
  public void walk(PageWalk.Visitor visitor) throws IOException {
    PageWalk.directory(tree.root(), visitor);
  }

  /** A directory that is gone was deleted or unmounted; it is not made anew behind its owner. */
  @Override
  public void restore(Path file) throws IOException {
    throw new NoSuchFileException(file.toString());
  }
}
