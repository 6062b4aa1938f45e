package io.hicache.file.engine;

import io.hicache.Part;
import io.hicache.ffm.CallMemory;
import io.hicache.ffm.NativeFile;
import io.hicache.ffm.NativeFiles;
import io.hicache.ffm.NativeFiles.Caching;
import io.hicache.ffm.NativePath;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Page files by the C library's calls. A page is written to a file without a name, which is linked
 * under the page's when it is whole: one call less than a rename, and nothing of a writer that was
 * killed is left behind. File systems that know no such files get a temporary name.
 */
final class DescriptorAccess implements PageAccess {
  private static final System.Logger LOG = System.getLogger("io.hicache.file");
  private static final int PRIVATE = 0600;

  private final PageTree tree;
  private final NativeFiles files;
  private final NativePath.Directory root;
  private final boolean unnamed;
  private final int block;
  private final Caching caching;

  private DescriptorAccess(
      PageTree tree, NativeFiles files, NativePath.Directory root, boolean unnamed, int block) {
    this.tree = tree;
    this.files = files;
    this.root = root;
    this.unnamed = unnamed;
    this.block = block;
    this.caching = block > 0 ? Caching.DIRECT : Caching.PAGE_CACHE;
  }

  /**
   * Returns how a directory's files are reached, through the page cache.
   *
   * @param tree the files, private to their owner
   * @param files the calls
   */
  static DescriptorAccess of(PageTree tree, NativeFiles files) {
    return direct(tree, files, 0);
  }

  /**
   * Returns how a directory's files are reached past the page cache.
   *
   * @param tree the files, private to their owner
   * @param files the calls
   * @param block the file system's block in bytes; 0 for the page cache after all
   */
  static DescriptorAccess direct(PageTree tree, NativeFiles files, int block) {
    NativePath.Directory root = new NativePath.Directory(tree.root());
    boolean unnamed = knowsUnnamedFiles(files, root, tree.temporaryName());
    return new DescriptorAccess(tree, files, root, unnamed, block);
  }

  /** As {@link #of}, with temporary names whatever the file system knows. */
  static DescriptorAccess named(PageTree tree, NativeFiles files) {
    return new DescriptorAccess(tree, files, new NativePath.Directory(tree.root()), false, 0);
  }

  @Override
  public Workspace workspace() {
    CallMemory memory = new CallMemory();
    return block > 0
        ? Workspace.createDirect(memory, block)
        : Workspace.create(Optional.of(memory));
  }

  @Override
  public Input open(PageName name, Workspace workspace) throws IOException {
    NativePath path = root.resolve(name.path());
    CallMemory memory = workspace.descriptors().memory();
    return new DescriptorInput(files.open(path, caching, memory), workspace);
  }

  @Override
  public Output create(PageName name, Workspace workspace) throws IOException {
    CallMemory memory = workspace.descriptors().memory();
    String path = name.path();
    NativePath directory = root.resolve(path.substring(0, path.lastIndexOf('/') + 1));
    if (unnamed) {
      NativeFile file = files.createUnnamed(directory, PRIVATE, caching, memory);
      return new DescriptorOutput(root.resolve(path), directory, null, file, workspace);
    }
    NativePath temporary = temporary(directory);
    NativeFile file = files.create(temporary, PRIVATE, caching, memory);
    return new DescriptorOutput(root.resolve(path), directory, temporary, file, workspace);
  }

  @Override
  public long size(PageName name, Workspace workspace) throws IOException {
    return files.size(root.resolve(name.path()), workspace.descriptors().memory());
  }

  @Override
  public String toString() {
    return "descriptors"
        + (unnamed ? ", unnamed files" : "")
        + (block > 0 ? ", direct I/O in blocks of " + block : "");
  }

  private NativePath temporary(NativePath directory) {
    return root.resolve(directory.name() + tree.temporaryName());
  }

  /** Makes one, names it and takes it away: all that a write will do. */
  private static boolean knowsUnnamedFiles(
      NativeFiles files, NativePath.Directory root, String temporaryName) {
    CallMemory memory = new CallMemory();
    NativePath probe = root.resolve(temporaryName);
    try {
      NativeFile file = files.createUnnamed(root.resolve(""), PRIVATE, Caching.PAGE_CACHE, memory);
      try {
        files.link(file, probe, memory);
      } finally {
        file.close(memory);
      }
      files.unlink(probe, memory);
      return true;
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "no unnamed files in " + root + ": " + e);
      return false;
    }
  }

  private record DescriptorInput(NativeFile file, Workspace workspace) implements Input {
    @Override
    public long read(List<Part> parts, PageRecord record, long expected, @Nullable CRC32C checksum)
        throws IOException {
      return workspace.direct().isPresent()
          ? workspace.direct().get().read(file, parts, record, expected, checksum)
          : workspace.descriptors().read(file, parts, record, expected, checksum);
    }

    @Override
    public void close() throws IOException {
      file.close(workspace.descriptors().memory());
    }
  }

  private final class DescriptorOutput implements Output {
    private final NativePath page;
    private final NativePath directory;
    private @Nullable NativePath temporary;
    private final NativeFile file;
    private final Workspace workspace;
    private final CallMemory memory;

    DescriptorOutput(
        NativePath page,
        NativePath directory,
        @Nullable NativePath temporary,
        NativeFile file,
        Workspace workspace) {
      this.page = page;
      this.directory = directory;
      this.temporary = temporary;
      this.file = file;
      this.workspace = workspace;
      this.memory = workspace.descriptors().memory();
    }

    @Override
    public void write(List<Part> parts, PageRecord record, @Nullable CRC32C checksum, Runnable seal)
        throws IOException {
      if (workspace.direct().isPresent()) {
        workspace.direct().get().write(file, parts, record, checksum, seal);
      } else {
        workspace.descriptors().write(file, parts, record, checksum, seal);
      }
    }

    /** Never asked for: a private directory's files have footers. */
    @Override
    public void recordChecksum(int checksum) {
      throw new IllegalStateException("a file of a private directory has a footer");
    }

    @Override
    public void publish() throws IOException {
      if (temporary == null && linked(page)) {
        closeLinked();
        return;
      }
      NativePath named = temporary;
      if (named == null) {
        named = temporary(directory);
        files.link(file, named, memory);
        temporary = named;
      }
      file.close(memory);
      files.rename(named, page, memory);
      temporary = null;
    }

    /** Keeps the fault that led here: a file that cannot be removed now is swept later. */
    @Override
    public void close() {
      try {
        file.close(memory);
        if (temporary != null) {
          files.unlink(temporary, memory);
        }
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "left behind", e);
      }
    }

    /** Some file systems tell only now that they could not keep what was written. */
    private void closeLinked() throws IOException {
      try {
        file.close(memory);
      } catch (IOException e) {
        files.unlink(page, memory);
        throw e;
      }
    }

    private boolean linked(NativePath name) throws IOException {
      try {
        files.link(file, name, memory);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      }
    }
  }
}
