package io.hicache.file.engine;

import io.hicache.Part;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How page files are reached: by the C library's calls where they may be made, or by channels, with
 * the same files and the same faults either way. Thread-safe; each call with a workspace of its
 * own.
 */
interface PageAccess {

  /** Makes what a worker needs. */
  Workspace workspace();

  /**
   * Opens a page's file.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   * @throws IOException if the file system failed
   */
  Input open(PageName name, Workspace workspace) throws IOException;

  /**
   * Begins a page's file, which nobody finds before it is published.
   *
   * @throws java.nio.file.NoSuchFileException if the directory that it belongs in is not there
   * @throws IOException if the file system failed
   */
  Output create(PageName name, Workspace workspace) throws IOException;

  /** Returns the length of a page's file, in one system call; −1 if there is none. */
  long size(PageName name, Workspace workspace) throws IOException;

  /** A page's file, open. Not thread-safe. */
  interface Input extends Closeable {
    /**
     * Reads until the bytes expected have come or the file ends.
     *
     * @param parts where the payload goes
     * @param record takes the footer, ready to
     * @param expected payload and footer, without the one byte more that the footer has room for
     * @param checksum takes every payload byte; null for none
     * @return bytes read; more than expected if the file is longer
     */
    long read(List<Part> parts, PageRecord record, long expected, @Nullable CRC32C checksum)
        throws IOException;
  }

  /** A page's file that is being written; gone when it is closed without being published. */
  interface Output extends Closeable {
    /**
     * Writes the page.
     *
     * @param parts the payload
     * @param record has the footer, as long as it is to be
     * @param checksum takes every payload byte; null for none
     * @param seal fills the footer, once every payload byte was seen
     */
    void write(List<Part> parts, PageRecord record, @Nullable CRC32C checksum, Runnable seal)
        throws IOException;

    /** Records the checksum beside the content, where the file has no footer. */
    void recordChecksum(int checksum) throws IOException;

    /** Makes the file the page's, in place of what is there. */
    void publish() throws IOException;
  }
}
