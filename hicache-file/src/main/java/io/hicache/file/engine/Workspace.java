package io.hicache.file.engine;

import io.hicache.ffm.CallMemory;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a worker needs to move pages one after another, kept so that a page costs no buffer: the row
 * of its parts, the record behind it, and a checksum. Not thread-safe; one worker at a time.
 */
final class Workspace {
  private final PageVector vector = new PageVector();
  private final Optional<DescriptorVector> descriptors;
  private final Optional<DirectVector> direct;
  private final PageRecord record = new PageRecord();
  private final CRC32C checksum = new CRC32C();

  private Workspace(Optional<DescriptorVector> descriptors, Optional<DirectVector> direct) {
    this.descriptors = descriptors;
    this.direct = direct;
  }

  /**
   * Makes a workspace; about 1 KiB of it is native memory, beside what native calls need.
   *
   * @param memory for native calls, if they are made
   */
  static Workspace create(Optional<CallMemory> memory) {
    return new Workspace(memory.map(DescriptorVector::new), Optional.empty());
  }

  /**
   * Makes a workspace for direct I/O, with a buffer of 1 MiB.
   *
   * @param memory for native calls
   * @param block the file system's block in bytes
   */
  static Workspace createDirect(CallMemory memory, int block) {
    return new Workspace(
        Optional.of(new DescriptorVector(memory)), Optional.of(new DirectVector(memory, block)));
  }

  /** Returns how pages move past the page cache, if they do. */
  Optional<DirectVector> direct() {
    return direct;
  }

  PageVector vector() {
    return vector;
  }

  DescriptorVector descriptors() {
    return descriptors.orElseThrow();
  }

  PageRecord record() {
    return record;
  }

  CRC32C checksum() {
    return checksum;
  }
}
