package io.hicache.ffm;

import java.io.IOException;

/**
 * An open file descriptor and its one owner.
 *
 * <p><b>Bytes.</b> A call moves the bytes of a row's segments in their order, from or to one
 * position of the file; short counts of the system are gone on with. <b>Ownership.</b> The segments
 * are the caller's, native, and reached only during the call. <b>Threads.</b> Calls at positions of
 * their own may run at once, each with memory of its own; closing is for when none does.
 * <b>Failure.</b> {@link NativeIOException}; how much has moved by then is unspecified.
 */
public final class NativeFile {
  private static final int F_SETFL = 4; // fcntl.h

  private final FileCalls calls;
  private final int fd;
  private final NativePath path;
  private boolean closed;

  NativeFile(FileCalls calls, int fd, NativePath path) {
    this.calls = calls;
    this.fd = fd;
    this.path = path;
  }

  int descriptor() {
    return fd;
  }

  /**
   * Reads into the row's segments, and empties it as far as it has come.
   *
   * @param position where in the file they begin
   * @param enough how many bytes end the read, as the file should have no more
   * @param memory the calling thread's, with the row
   * @return bytes read: at least {@code enough}, or less at the end of the file
   * @throws NativeIOException if the system refuses
   * @throws IllegalStateException if the segments' arena is closed
   */
  public long read(long position, long enough, CallMemory memory) throws IOException {
    IoVectors vectors = memory.vectors();
    long moved = 0;
    while (moved < enough) {
      long now = calls.preadv(memory.state(), fd, vectors, position + moved);
      if (now == 0) {
        break;
      }
      if (taken("read", now, memory)) {
        moved += now;
        vectors.advance(now);
      }
    }
    return moved;
  }

  /**
   * Writes the row's segments, and empties it.
   *
   * @param position where in the file they begin
   * @param memory the calling thread's, with the row
   * @throws NativeIOException if the system refuses, or writes nothing
   * @throws IllegalStateException if the segments' arena is closed
   */
  public void write(long position, CallMemory memory) throws IOException {
    IoVectors vectors = memory.vectors();
    long moved = 0;
    while (vectors.bytes() > 0) {
      long now = calls.pwritev(memory.state(), fd, vectors, position + moved);
      if (now == 0) {
        throw new IOException("write %s: nothing of %d bytes".formatted(path, vectors.bytes()));
      }
      if (taken("write", now, memory)) {
        moved += now;
        vectors.advance(now);
      }
    }
  }

  /**
   * Moves bytes through the page cache from now on.
   *
   * @param memory the calling thread's
   * @throws NativeIOException if the system refuses
   */
  public void leaveDirect(CallMemory memory) throws IOException {
    check("leave direct I/O of", calls.fcntl(memory.state(), fd, F_SETFL, 0), memory);
  }

  /**
   * Cuts the file, or fills it with zeros, to a length.
   *
   * @param length the length in bytes
   * @param memory the calling thread's
   * @throws NativeIOException if the system refuses
   */
  public void truncate(long length, CallMemory memory) throws IOException {
    check("truncate", calls.ftruncate(memory.state(), fd, length), memory);
  }

  /**
   * Makes the file's bytes durable.
   *
   * @param memory the calling thread's
   * @throws NativeIOException if the system refuses; the bytes may then be lost
   */
  public void sync(CallMemory memory) throws IOException {
    check("sync", calls.fdatasync(memory.state(), fd), memory);
  }

  /**
   * Closes the descriptor; closing twice does nothing.
   *
   * @param memory the calling thread's
   * @throws NativeIOException if the system reports a fault of an earlier write; it is closed then
   *     too
   */
  public void close(CallMemory memory) throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    int result = calls.close(memory.state(), fd);
    if (result < 0 && Errno.of(memory.state()) != Errno.EINTR) {
      throw new NativeIOException("close " + path, Errno.of(memory.state()));
    }
  }

  /** Tells whether a call moved bytes; if not, a signal cut it off and it is to be made again. */
  private boolean taken(String verb, long result, CallMemory memory) throws IOException {
    if (result < 0 && Errno.of(memory.state()) == Errno.EINTR) {
      return false;
    }
    check(verb, result, memory);
    return true;
  }

  private void check(String verb, long result, CallMemory memory) throws IOException {
    if (result < 0) {
      throw new NativeIOException(verb + " " + path, Errno.of(memory.state()));
    }
  }

  @Override
  public String toString() {
    return "file " + path + " (descriptor " + fd + ")";
  }
}
