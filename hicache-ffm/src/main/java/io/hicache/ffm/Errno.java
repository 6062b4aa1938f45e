package io.hicache.ffm;

import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;
import java.util.Map;

/**
 * The error number a C function left. Numbers are Linux's, which are the same on x86-64 and arm64
 * ({@code asm-generic/errno-base.h} and {@code errno.h}).
 */
public final class Errno {
  /** Not permitted. */
  public static final int EPERM = 1;

  /** No such file or directory. */
  public static final int ENOENT = 2;

  /** Interrupted by a signal: call again. */
  public static final int EINTR = 4;

  /** The device failed. */
  public static final int EIO = 5;

  /** No memory, or a limit on it is reached. */
  public static final int ENOMEM = 12;

  /** No permission. */
  public static final int EACCES = 13;

  /** An address whose memory cannot be had. */
  public static final int EFAULT = 14;

  /** There already. */
  public static final int EEXIST = 17;

  /** A directory, where the call takes none. */
  public static final int EISDIR = 21;

  /** Not of the form the call wants; of direct I/O, not aligned. */
  public static final int EINVAL = 22;

  /** Too many files open in the system. */
  public static final int ENFILE = 23;

  /** Too many files open in the process. */
  public static final int EMFILE = 24;

  /** The file would be too large. */
  public static final int EFBIG = 27;

  /** No space left. */
  public static final int ENOSPC = 28;

  /** The file system is read-only. */
  public static final int EROFS = 30;

  /** The name is too long. */
  public static final int ENAMETOOLONG = 36;

  /** Not an operation of this file system. */
  public static final int EOPNOTSUPP = 95;

  /** The other side of a mount is gone, as of a FUSE mount whose server died. */
  public static final int ENOTCONN = 107;

  /** The quota is used up. */
  public static final int EDQUOT = 122;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(EPERM, "EPERM: not permitted"),
          Map.entry(ENOENT, "ENOENT: no such file or directory"),
          Map.entry(EINTR, "EINTR: interrupted"),
          Map.entry(EIO, "EIO: input/output error"),
          Map.entry(ENOMEM, "ENOMEM: out of memory"),
          Map.entry(EACCES, "EACCES: permission denied"),
          Map.entry(EFAULT, "EFAULT: bad address"),
          Map.entry(EEXIST, "EEXIST: there already"),
          Map.entry(EISDIR, "EISDIR: is a directory"),
          Map.entry(EOPNOTSUPP, "EOPNOTSUPP: operation not supported"),
          Map.entry(EINVAL, "EINVAL: invalid argument"),
          Map.entry(ENFILE, "ENFILE: too many open files in the system"),
          Map.entry(EMFILE, "EMFILE: too many open files in the process"),
          Map.entry(EFBIG, "EFBIG: file too large"),
          Map.entry(ENOSPC, "ENOSPC: no space left on device"),
          Map.entry(EROFS, "EROFS: read-only file system"),
          Map.entry(ENAMETOOLONG, "ENAMETOOLONG: name too long"),
          Map.entry(ENOTCONN, "ENOTCONN: mount not connected"),
          Map.entry(EDQUOT, "EDQUOT: quota exceeded"));

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

  private Errno() {}

  /** Returns the option that makes a function's first argument a {@link #state}. */
  static Linker.Option capture() {
    return Linker.Option.captureCallState("errno");
  }

  /** Returns memory for the error number of calls made one after another. */
  static MemorySegment state(SegmentAllocator allocator) {
    return allocator.allocate(STATE);
  }

  /** Returns the error number of the last call with that state; meaningless if it succeeded. */
  static int of(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  /**
   * Describes an error number.
   *
   * @param errno the number
   */
  public static String describe(int errno) {
    return NAMES.getOrDefault(errno, "errno " + errno);
  }
}
