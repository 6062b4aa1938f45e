package io.hicache.ffm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;

/**
 * An open file descriptor and its one owner.
 *
 * <p><b>Bytes.</b> A call moves the bytes of the segments in their order, from or to one position
 * of the file; short counts of the system are gone on with. <b>Ownership.</b> The segments are the
 * caller's, native, and reached only during the call. <b>Threads.</b> Calls at positions of their
 * own may run at once; closing is for when none does. <b>Failure.</b> {@link NativeIOException};
 * how much has moved by then is unspecified.
 */
public final class NativeFile implements AutoCloseable {
  /** Most segments the system takes in one call: {@code IOV_MAX} of {@code limits.h}. */
  private static final int MOST_VECTORS = 1024;

  private static final long VECTOR_BYTES = 16; // struct iovec: void *iov_base; size_t iov_len
  private static final int SEEK_END = 2;

  private final FileCalls calls;
  private final int fd;
  private final Path path;
  private boolean closed;

  NativeFile(FileCalls calls, int fd, Path path) {
    this.calls = calls;
    this.fd = fd;
    this.path = path;
  }

  /**
   * Reads into the segments.
   *
   * @param segments where the bytes go
   * @param position where in the file they begin
   * @return bytes read: the segments' sum, or less at the end of the file
   * @throws NativeIOException if the system refuses
   */
  public long read(List<MemorySegment> segments, long position) throws IOException {
    return move("read", calls::preadv, segments, position);
  }

  /**
   * Writes the segments.
   *
   * @param segments the bytes
   * @param position where in the file they begin
   * @throws NativeIOException if the system refuses, or writes nothing
   */
  public void write(List<MemorySegment> segments, long position) throws IOException {
    long written = move("write", calls::pwritev, segments, position);
    long wanted = segments.stream().mapToLong(MemorySegment::byteSize).sum();
    if (written != wanted) {
      throw new IOException("write %s: %d of %d bytes".formatted(path, written, wanted));
    }
  }

  /**
   * Cuts the file, or fills it with zeros, to a length.
   *
   * @param length the length in bytes
   * @throws NativeIOException if the system refuses
   */
  public void truncate(long length) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Errno.state(arena);
      check("truncate", state, calls.ftruncate(state, fd, length));
    }
  }

  /**
   * Makes the file's bytes durable.
   *
   * @throws NativeIOException if the system refuses; the bytes may then be lost
   */
  public void sync() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Errno.state(arena);
      check("sync", state, calls.fdatasync(state, fd));
    }
  }

  /**
   * Returns the file's length in bytes.
   *
   * @throws NativeIOException if the system refuses
   */
  public long size() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Errno.state(arena);
      long end = calls.lseek(state, fd, 0, SEEK_END);
      check("size of", state, end);
      return end;
    }
  }

  /**
   * Closes the descriptor; closing twice does nothing.
   *
   * @throws NativeIOException if the system reports a fault of an earlier write; it is closed then
   *     too
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Errno.state(arena);
      int result = calls.close(state, fd);
      if (result < 0 && Errno.of(state) != Errno.EINTR) {
        throw new NativeIOException("close " + path, Errno.of(state));
      }
    }
  }

  /** A vectored call of the C library. */
  @FunctionalInterface
  private interface Call {
    long on(MemorySegment state, int fd, MemorySegment vectors, int count, long position);
  }

  private long move(String verb, Call call, List<MemorySegment> segments, long position)
      throws IOException {
    long moved = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Errno.state(arena);
      int capacity = Math.min(segments.size(), MOST_VECTORS);
      MemorySegment vectors = arena.allocate(capacity * VECTOR_BYTES, Long.BYTES);
      int first = 0;
      long skip = 0;
      while (first < segments.size()) {
        int count = fill(vectors, segments, first, skip);
        long now = call.on(state, fd, vectors, count, position + moved);
        if (now < 0 && Errno.of(state) == Errno.EINTR) {
          continue;
        }
        check(verb, state, now);
        if (now == 0) {
          return moved;
        }
        moved += now;
        skip += now;
        while (first < segments.size() && skip >= segments.get(first).byteSize()) {
          skip -= segments.get(first++).byteSize();
        }
      }
    }
    return moved;
  }

  /** Writes the vectors of the segments from one on, but for its first bytes; returns how many. */
  private static int fill(
      MemorySegment vectors, List<MemorySegment> segments, int first, long skip) {
    int count = Math.min(segments.size() - first, MOST_VECTORS);
    for (int i = 0; i < count; i++) {
      MemorySegment segment = segments.get(first + i);
      long gone = i == 0 ? skip : 0;
      vectors.set(ValueLayout.JAVA_LONG, i * VECTOR_BYTES, segment.address() + gone);
      vectors.set(ValueLayout.JAVA_LONG, i * VECTOR_BYTES + Long.BYTES, segment.byteSize() - gone);
    }
    return count;
  }

  private void check(String verb, MemorySegment state, long result) throws IOException {
    if (result < 0) {
      throw new NativeIOException(verb + " " + path, Errno.of(state));
    }
  }

  @Override
  public String toString() {
    return "file " + path + " (descriptor " + fd + ")";
  }
}
