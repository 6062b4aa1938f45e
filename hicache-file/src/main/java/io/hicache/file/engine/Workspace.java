package io.hicache.file.engine;

import java.util.zip.CRC32C;

/**
 * What a worker needs to move pages one after another, kept so that a page costs no buffer: the row
 * of its parts, the record behind it, and a checksum. Not thread-safe; one worker at a time.
 */
record Workspace(PageVector vector, PageRecord record, CRC32C checksum) {

  /** Makes a workspace; about 1 KiB of it is native memory. */
  static Workspace create() {
    return new Workspace(new PageVector(), new PageRecord(), new CRC32C());
  }
}
