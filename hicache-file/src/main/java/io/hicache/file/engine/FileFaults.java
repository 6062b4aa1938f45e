package io.hicache.file.engine;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.ffm.Errno;
import io.hicache.ffm.NativeIOException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one place where a file system's faults become the contract's. */
final class FileFaults {
  /** Below this much free space a write that failed is taken for one that found the disk full. */
  private static final long FULL_BYTES = 64L << 20;

  /** How Linux words what it will never take; a translated message is told by the probes below. */
  private static final List<String> REFUSALS =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "Read-only file system",
          "File name too long",
          "File too large",
          "Operation not permitted",
          "Permission denied");

  private static final Set<Integer> REFUSING =
      Set.of(
          Errno.ENOSPC,
          Errno.EDQUOT,
          Errno.EROFS,
          Errno.ENAMETOOLONG,
          Errno.EFBIG,
          Errno.EPERM,
          Errno.EACCES);

  private FileFaults() {}

  /** Returns the fault of something that failed on a path. */
  static HiCacheException of(String what, Path path, IOException e) {
    String reason = reason(e);
    String message = what + " " + path + ": " + reason;
    if (e instanceof NoSuchFileException) {
      return new HiCacheException(
          FaultKind.UNAVAILABLE,
          what + " " + path + ": its directory is gone; was it deleted or unmounted?",
          e);
    }
    if (e instanceof AccessDeniedException) {
      return new HiCacheException(
          FaultKind.REFUSED, message + "; the process's user needs to own it, or may not", e);
    }
    boolean refused =
        e instanceof NativeIOException n
            ? REFUSING.contains(n.errno())
            : REFUSALS.stream().anyMatch(reason::contains);
    return refused || refusing(path.getParent())
        ? new HiCacheException(FaultKind.REFUSED, message + remedy(path.getParent()), e)
        : new HiCacheException(FaultKind.INTERNAL, message, e);
  }

  /** Tells whether a write found the disk or its quota full. */
  static boolean isFull(IOException e) {
    return e instanceof NativeIOException n
        ? n.errno() == Errno.ENOSPC || n.errno() == Errno.EDQUOT
        : reason(e).contains("No space left on device") || reason(e).contains("quota exceeded");
  }

  private static String reason(IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null ? e.toString() : reason;
  }

  private static boolean refusing(@Nullable Path directory) {
    try {
      return directory != null && refusing(Disk.of(directory));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean refusing(Disk disk) {
    return disk.readOnly() || disk.usableBytes() < FULL_BYTES;
  }

  private static String remedy(@Nullable Path directory) {
    try {
      return directory == null ? "" : remedy(Disk.of(directory));
    } catch (IOException e) {
      return "";
    }
  }

  private static String remedy(Disk disk) {
    return disk.readOnly()
        ? "; " + disk.name() + " is read-only"
        : "; %s has %d MiB free: clear pages, or set option dir to a larger one"
            .formatted(disk.name(), disk.usableBytes() >> 20);
  }
}
