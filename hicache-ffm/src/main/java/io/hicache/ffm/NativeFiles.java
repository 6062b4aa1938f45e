package io.hicache.ffm;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * Opens, names and finds files by the C library's calls, without {@code FileChannel}'s rules: no
 * interrupt closes them, direct I/O asks of memory only what the kernel does, and a call costs no
 * heap but its path. Linux on x86-64 and arm64.
 *
 * <p><b>Threads.</b> Thread-safe, each thread with call memory of its own. Every call may block,
 * and a virtual thread keeps its carrier meanwhile. <b>Failure.</b> {@link NativeIOException}.
 */
public final class NativeFiles {
  /** {@code AT_FDCWD} of {@code fcntl.h}; the paths here are absolute all the same. */
  private static final int HERE = -100;

  private static final int AT_SYMLINK_FOLLOW = 0x400;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int O_WRONLY = 1;
  private static final int O_CREAT = 0x40;
  private static final int O_EXCL = 0x80;
  private static final int O_CLOEXEC = 0x80000;
  // asm-generic/fcntl.h: __O_TMPFILE beside O_DIRECTORY. arm64 has its own O_DIRECTORY and
  // O_DIRECT.
  private static final Flags X86_64 = new Flags(0x4000, 0x400000 | 0x10000);
  private static final Flags ARM_64 = new Flags(0x10000, 0x400000 | 0x4000);
  // linux/stat.h
  private static final int STATX_TYPE_AND_SIZE = 0x201;
  private static final long STX_MODE = 28;
  private static final long STX_SIZE = 40;
  private static final int S_IFMT = 0xF000;
  private static final int S_IFREG = 0x8000;

  private final FileCalls calls;
  private final Flags flags;
  private volatile boolean linksByDescriptor = true;

  private NativeFiles(FileCalls calls, Flags flags) {
    this.calls = calls;
    this.flags = flags;
  }

  /** What differs by processor. */
  private record Flags(int direct, int unnamed) {}

  /** How a file's bytes move. */
  public enum Caching {
    /** Through the page cache. */
    PAGE_CACHE,
    /** Past it: {@code O_DIRECT}. */
    DIRECT
  }

  /**
   * Returns the calls, where the platform has them and native access is granted; empty elsewhere,
   * where {@code FileChannel} serves.
   */
  public static Optional<NativeFiles> find() {
    if (!System.getProperty("os.name", "").equals("Linux") || !NativeAccess.granted()) {
      return Optional.empty();
    }
    return switch (System.getProperty("os.arch", "")) {
      case "amd64", "x86_64" -> Optional.of(of(FileCalls.Numbers.X86_64, X86_64));
      case "aarch64" -> Optional.of(of(FileCalls.Numbers.ARM_64, ARM_64));
      default -> Optional.empty();
    };
  }

  /**
   * Returns the calls.
   *
   * @throws HiCacheException {@link FaultKind#REFUSED} if native access is not granted, {@link
   *     FaultKind#UNAVAILABLE} on a platform without them
   */
  public static NativeFiles require() {
    NativeAccess.require("native file I/O");
    return find()
        .orElseThrow(() ->
            new HiCacheException(
                FaultKind.UNAVAILABLE,
                "native file I/O: only on Linux on x86-64 and arm64, not on %s on %s"
                    .formatted(System.getProperty("os.name"), System.getProperty("os.arch"))));
  }

  /**
   * Opens a file to be read.
   *
   * @param path the file
   * @param caching how
   * @param memory the calling thread's
   * @throws IOException if the system refuses
   */
  public NativeFile open(NativePath path, Caching caching, CallMemory memory) throws IOException {
    return open("open", path, 0, 0, caching, memory);
  }

  /**
   * Makes a file that must not be there, to be written.
   *
   * @param path the file
   * @param permissions its permissions, less what the process's mask takes
   * @param caching how
   * @param memory the calling thread's
   * @throws IOException if the system refuses
   */
  public NativeFile create(NativePath path, int permissions, Caching caching, CallMemory memory)
      throws IOException {
    return open("create", path, O_WRONLY | O_CREAT | O_EXCL, permissions, caching, memory);
  }

  /**
   * Makes a file without a name, to be written and {@linkplain #link linked}; it is gone with its
   * descriptor if it never is.
   *
   * @param directory where it is to be
   * @param permissions its permissions, less what the process's mask takes
   * @param caching how
   * @param memory the calling thread's
   * @throws IOException if the system refuses, as file systems do that know no such files
   */
  public NativeFile createUnnamed(
      NativePath directory, int permissions, Caching caching, CallMemory memory)
      throws IOException {
    return open(
        "create a file in", directory, O_WRONLY | flags.unnamed(), permissions, caching, memory);
  }

  /**
   * Gives a file without a name a name that nothing has.
   *
   * @param file the file
   * @param path its name
   * @param memory the calling thread's
   * @throws java.nio.file.FileAlreadyExistsException if something has it
   * @throws IOException if the system refuses
   */
  public void link(NativeFile file, NativePath path, CallMemory memory) throws IOException {
    if (!linksByDescriptor || !linkDescriptor(file, path, memory)) {
      linkProcess(file, path, memory);
      linksByDescriptor = false;
    }
  }

  /** Links by the descriptor; tells whether that may be done. */
  private boolean linkDescriptor(NativeFile file, NativePath path, CallMemory memory)
      throws IOException {
    MemorySegment none = memory.otherPath();
    none.setString(0, "");
    MemorySegment target = memory.path(path);
    int result = calls.linkat(memory.state(), file.descriptor(), none, HERE, target, AT_EMPTY_PATH);
    // Linux before 6.10 takes a descriptor from privileged users only, and says ENOENT to others.
    if (result < 0 && Errno.of(memory.state()) == Errno.ENOENT) {
      return false;
    }
    check("link", path, result, memory);
    return true;
  }

  /** Links by the name that the process's file system has for the descriptor. */
  void linkProcess(NativeFile file, NativePath path, CallMemory memory) throws IOException {
    MemorySegment source = memory.otherPath();
    source.setString(0, "/proc/self/fd/" + file.descriptor(), StandardCharsets.US_ASCII);
    MemorySegment target = memory.path(path);
    int result = calls.linkat(memory.state(), HERE, source, HERE, target, AT_SYMLINK_FOLLOW);
    check("link", path, result, memory);
  }

  /**
   * Renames a file, in place of what has the name.
   *
   * @param from the file
   * @param to its new name, in the same file system
   * @param memory the calling thread's
   * @throws IOException if the system refuses
   */
  public void rename(NativePath from, NativePath to, CallMemory memory) throws IOException {
    int result = calls.rename(memory.state(), memory.path(from), memory.otherPath(to));
    check("rename to " + to + " from", from, result, memory);
  }

  /**
   * Removes a file.
   *
   * @param path the file
   * @param memory the calling thread's
   * @throws IOException if the system refuses
   */
  public void unlink(NativePath path, CallMemory memory) throws IOException {
    check("remove", path, calls.unlink(memory.state(), memory.path(path)), memory);
  }

  /**
   * Returns a regular file's length, in one call; −1 if there is none of that name.
   *
   * @param path the file
   * @param memory the calling thread's
   * @throws IOException if the system refuses
   */
  public long size(NativePath path, CallMemory memory) throws IOException {
    MemorySegment status = memory.status();
    int result =
        calls.statx(memory.state(), HERE, memory.path(path), 0, STATX_TYPE_AND_SIZE, status);
    if (result < 0 && Errno.of(memory.state()) == Errno.ENOENT) {
      return -1;
    }
    check("look at", path, result, memory);
    boolean regular = (status.get(ValueLayout.JAVA_SHORT, STX_MODE) & S_IFMT) == S_IFREG;
    return regular ? status.get(ValueLayout.JAVA_LONG, STX_SIZE) : -1;
  }

  private static NativeFiles of(FileCalls.Numbers numbers, Flags flags) {
    return new NativeFiles(new FileCalls(NativeLibrary.libc(), numbers), flags);
  }

  private NativeFile open(
      String verb, NativePath path, int how, int permissions, Caching caching, CallMemory memory)
      throws IOException {
    int all = O_CLOEXEC | how | (caching == Caching.DIRECT ? flags.direct() : 0);
    MemorySegment name = memory.path(path);
    int fd;
    do {
      fd = calls.open(memory.state(), name, all, permissions);
    } while (fd < 0 && Errno.of(memory.state()) == Errno.EINTR);
    check(verb, path, fd, memory);
    return new NativeFile(calls, fd, path);
  }

  private static void check(String verb, NativePath path, int result, CallMemory memory)
      throws IOException {
    if (result < 0) {
      throw fault(verb, path, memory);
    }
  }

  /** Returns what the JDK's own file system throws for the faults it has a type for. */
  private static IOException fault(String verb, NativePath path, CallMemory memory) {
    int errno = Errno.of(memory.state());
    return switch (errno) {
      case Errno.ENOENT -> new NoSuchFileException(path.toString());
      case Errno.EEXIST -> new FileAlreadyExistsException(path.toString());
      case Errno.EACCES ->
          new AccessDeniedException(path.toString(), null, verb + ": " + Errno.describe(errno));
      default -> new NativeIOException(verb + " " + path, errno);
    };
  }
}
