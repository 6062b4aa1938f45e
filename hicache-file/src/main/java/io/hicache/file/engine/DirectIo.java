package io.hicache.file.engine;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.ffm.CallMemory;
import io.hicache.ffm.NativeFile;
import io.hicache.ffm.NativeFiles;
import io.hicache.ffm.NativeFiles.Caching;
import io.hicache.ffm.NativePath;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Whether pages move past the page cache. */
public enum DirectIo {
  /** Where native access is granted and the file system takes it. */
  AUTO,
  /** Always; opening is refused where that cannot be. */
  ON,
  /** Never. */
  OFF;

  private static final int PRIVATE = 0600;

  /**
   * Returns how a tree's files are to be reached.
   *
   * @throws HiCacheException {@link FaultKind#REFUSED} if direct I/O must be and cannot
   */
  PageAccess access(PageTree tree, Optional<NativeFiles> files) {
    if (files.isEmpty() || tree.isShared()) {
      if (this == ON) {
        throw refused(tree, tree.isShared() ? "naming=sglang has none" : "it needs native I/O");
      }
      return new ChannelAccess(tree);
    }
    return this == OFF
        ? DescriptorAccess.of(tree, files.get())
        : DescriptorAccess.direct(tree, files.get(), probe(tree, files.get()));
  }

  /** Writes one block so, to a file that is then removed; returns the block's length, 0 if not. */
  private int probe(PageTree tree, NativeFiles files) {
    CallMemory memory = new CallMemory();
    NativePath name = new NativePath.Directory(tree.root()).resolve(tree.temporaryName());
    try {
      int block = Math.toIntExact(Disk.of(tree.root()).blockBytes());
      NativeFile file = files.create(name, PRIVATE, Caching.DIRECT, memory);
      try {
        MemorySegment bytes = Arena.ofAuto().allocate(block, block);
        memory.vectors().clear();
        memory.vectors().add(bytes, 0, block);
        file.write(0, memory);
      } finally {
        file.close(memory);
        files.unlink(name, memory);
      }
      return block;
    } catch (IOException | ArithmeticException e) {
      if (this == ON) {
        throw refused(tree, e.toString());
      }
      return 0;
    }
  }

  private static HiCacheException refused(PageTree tree, String reason) {
    return new HiCacheException(
        FaultKind.REFUSED,
        "option direct-io of backend file is on: must be off or auto for %s: %s"
            .formatted(tree.root(), reason));
  }
}
