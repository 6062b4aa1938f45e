package io.hicache.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The C library's calls on file descriptors, one method each, in C argument order. Knows names and
 * types; knows nothing of pages or of what an error means. {@code state} takes the error number.
 *
 * <p>On 64-bit Linux {@code off_t} and {@code size_t} are 64 bits wide and {@code ssize_t} is too.
 */
final class FileCalls {
  private final MethodHandle open;
  private final MethodHandle close;
  private final MethodHandle preadv;
  private final MethodHandle pwritev;
  private final MethodHandle ftruncate;
  private final MethodHandle fdatasync;
  private final MethodHandle lseek;

  FileCalls(NativeLibrary libc) {
    Linker.Option errno = Errno.capture();
    // open is variadic: the mode is the first variadic argument, after the path and the flags.
    open =
        libc.function(
            "open",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
            errno,
            Linker.Option.firstVariadicArg(2));
    close = libc.function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), errno);
    FunctionDescriptor vectored =
        FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG);
    preadv = libc.function("preadv", vectored, errno);
    pwritev = libc.function("pwritev", vectored, errno);
    ftruncate =
        libc.function("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG), errno);
    fdatasync = libc.function("fdatasync", FunctionDescriptor.of(JAVA_INT, JAVA_INT), errno);
    lseek =
        libc.function(
            "lseek", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT), errno);
  }

  int open(MemorySegment state, MemorySegment path, int flags, int mode) {
    try {
      return (int) open.invokeExact(state, path, flags, mode);
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("open", t);
    }
  }

  int close(MemorySegment state, int fd) {
    try {
      return (int) close.invokeExact(state, fd);
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("close", t);
    }
  }

  long preadv(MemorySegment state, int fd, MemorySegment vectors, int count, long position) {
    try {
      return (long) preadv.invokeExact(state, fd, vectors, count, position);
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("preadv", t);
    }
  }

  long pwritev(MemorySegment state, int fd, MemorySegment vectors, int count, long position) {
    try {
      return (long) pwritev.invokeExact(state, fd, vectors, count, position);
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("pwritev", t);
    }
  }

  int ftruncate(MemorySegment state, int fd, long length) {
    try {
      return (int) ftruncate.invokeExact(state, fd, length);
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("ftruncate", t);
    }
  }

  int fdatasync(MemorySegment state, int fd) {
    try {
      return (int) fdatasync.invokeExact(state, fd);
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("fdatasync", t);
    }
  }

  long lseek(MemorySegment state, int fd, long offset, int whence) {
    try {
      return (long) lseek.invokeExact(state, fd, offset, whence);
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("lseek", t);
    }
  }
}
