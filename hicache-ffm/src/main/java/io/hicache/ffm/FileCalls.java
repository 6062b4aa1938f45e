package io.hicache.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The C library's calls on files and descriptors, one method each, in C argument order. Knows names
 * and types; knows nothing of pages or of what an error means. {@code state} takes the error
 * number.
 *
 * <p>On 64-bit Linux {@code off_t} and {@code size_t} are 64 bits wide and {@code ssize_t} is too.
 */
final class FileCalls {
  private static final Linker.Option ERRNO = Errno.capture();

  private final Numbers numbers;
  private final MethodHandle open;
  private final MethodHandle close;
  private final MethodHandle vectored;
  private final MethodHandle fcntl;
  private final MethodHandle ftruncate;
  private final MethodHandle fdatasync;
  private final MethodHandle statx;
  private final MethodHandle linkat;
  private final MethodHandle rename;
  private final MethodHandle unlink;

  /**
   * The numbers of calls that are made through {@code syscall}: {@code asm/unistd.h}.
   *
   * @param preadv reads
   * @param pwritev writes
   */
  record Numbers(long preadv, long pwritev) {
    static final Numbers X86_64 = new Numbers(295, 296);
    static final Numbers ARM_64 = new Numbers(69, 70);
  }

  FileCalls(NativeLibrary libc, Numbers numbers) {
    this.numbers = numbers;
    // open is variadic: the mode is the first variadic argument, after the path and the flags.
    open = link(libc, "open", JAVA_INT, 2, ADDRESS, JAVA_INT, JAVA_INT);
    close = link(libc, "close", JAVA_INT, -1, JAVA_INT);
    // syscall takes up to six arguments, of which preadv has five: fd, row, count and the position
    // in two halves, where a 64-bit kernel takes it all from the first. The sixth is read by
    // nobody: it keeps the segments' arena open for as long as the call runs.
    vectored =
        link(
            libc, "syscall", JAVA_LONG, 1, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG,
            JAVA_LONG, ADDRESS);
    // fcntl is variadic behind the command.
    fcntl = link(libc, "fcntl", JAVA_INT, 2, JAVA_INT, JAVA_INT, JAVA_INT);
    ftruncate = link(libc, "ftruncate", JAVA_INT, -1, JAVA_INT, JAVA_LONG);
    fdatasync = link(libc, "fdatasync", JAVA_INT, -1, JAVA_INT);
    statx = link(libc, "statx", JAVA_INT, -1, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    linkat = link(libc, "linkat", JAVA_INT, -1, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    rename = link(libc, "rename", JAVA_INT, -1, ADDRESS, ADDRESS);
    unlink = link(libc, "unlink", JAVA_INT, -1, ADDRESS);
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

  long preadv(MemorySegment state, int fd, IoVectors vectors, long position) {
    try {
      return (long)
          vectored.invokeExact(
              state,
              numbers.preadv,
              (long) fd,
              vectors.rest(),
              (long) vectors.count(),
              position,
              0L,
              vectors.kept());
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("preadv", t);
    }
  }

  long pwritev(MemorySegment state, int fd, IoVectors vectors, long position) {
    try {
      return (long)
          vectored.invokeExact(
              state,
              numbers.pwritev,
              (long) fd,
              vectors.rest(),
              (long) vectors.count(),
              position,
              0L,
              vectors.kept());
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("pwritev", t);
    }
  }

  int fcntl(MemorySegment state, int fd, int command, int argument) {
    try {
      return (int) fcntl.invokeExact(state, fd, command, argument);
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("fcntl", t);
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

  int statx(
      MemorySegment state,
      int directory,
      MemorySegment path,
      int flags,
      int mask,
      MemorySegment status) {
    try {
      return (int) statx.invokeExact(state, directory, path, flags, mask, status);
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("statx", t);
    }
  }

  int linkat(
      MemorySegment state,
      int oldDirectory,
      MemorySegment oldPath,
      int newDirectory,
      MemorySegment newPath,
      int flags) {
    try {
      return (int) linkat.invokeExact(state, oldDirectory, oldPath, newDirectory, newPath, flags);
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("linkat", t);
    }
  }

  int rename(MemorySegment state, MemorySegment from, MemorySegment to) {
    try {
      return (int) rename.invokeExact(state, from, to);
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("rename", t);
    }
  }

  int unlink(MemorySegment state, MemorySegment path) {
    try {
      return (int) unlink.invokeExact(state, path);
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("unlink", t);
    }
  }

  private static MethodHandle link(
      NativeLibrary libc,
      String name,
      MemoryLayout result,
      int firstVariadic,
      MemoryLayout... arguments) {
    FunctionDescriptor signature = FunctionDescriptor.of(result, arguments);
    return firstVariadic < 0
        ? libc.function(name, signature, ERRNO)
        : libc.function(name, signature, ERRNO, Linker.Option.firstVariadicArg(firstVariadic));
  }
}
