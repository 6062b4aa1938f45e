package io.hicache.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The C library's calls on address ranges, one method each, in C argument order; addresses are
 * plain numbers, and −1 is {@code MAP_FAILED}. {@code state} takes the error number.
 */
final class MemoryCalls {
  private final MethodHandle mmap;
  private final MethodHandle munmap;
  private final MethodHandle madvise;

  MemoryCalls(NativeLibrary libc) {
    Linker.Option errno = Errno.capture();
    mmap =
        libc.function(
            "mmap",
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG),
            errno);
    munmap = libc.function("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG), errno);
    madvise =
        libc.function(
            "madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT), errno);
  }

  long mmap(
      MemorySegment state,
      long address,
      long length,
      int protection,
      int flags,
      int fd,
      long offset) {
    try {
      return (long) mmap.invokeExact(state, address, length, protection, flags, fd, offset);
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("mmap", t);
    }
  }

  int munmap(MemorySegment state, long address, long length) {
    try {
      return (int) munmap.invokeExact(state, address, length);
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("munmap", t);
    }
  }

  int madvise(MemorySegment state, long address, long length, int advice) {
    try {
      return (int) madvise.invokeExact(state, address, length, advice);
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("madvise", t);
    }
  }
}
