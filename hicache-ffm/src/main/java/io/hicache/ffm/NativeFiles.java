package io.hicache.ffm;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Opens files by descriptor, without {@code FileChannel}'s rules: no interrupt closes them, and
 * direct I/O asks of memory only what the kernel does. Linux on x86-64 and arm64.
 *
 * <p><b>Threads.</b> Thread-safe. Every call may block, and a virtual thread keeps its carrier
 * meanwhile.
 */
public final class NativeFiles {
  private static final int O_WRONLY = 1;
  private static final int O_CREAT = 0x40;
  private static final int O_EXCL = 0x80;
  private static final int O_CLOEXEC = 0x80000;
  // asm-generic/fcntl.h has O_DIRECT 040000; arm64 (asm/fcntl.h) has 0200000.
  private static final int O_DIRECT_X86 = 0x4000;
  private static final int O_DIRECT_ARM = 0x10000;

  private final FileCalls calls;
  private final int direct;

  private NativeFiles(FileCalls calls, int direct) {
    this.calls = calls;
    this.direct = direct;
  }

  /** How a file is opened. */
  public enum Mode {
    /** To be written; made anew, and an error if it is there. Otherwise to be read. */
    CREATE_NEW,
    /** Past the page cache. */
    DIRECT
  }

  /**
   * Returns the calls, where the platform has them and native access is granted; empty elsewhere,
   * where {@code FileChannel} serves.
   */
  public static Optional<NativeFiles> find() {
    Optional<Integer> direct = directFlag();
    if (direct.isEmpty() || !NativeAccess.granted()) {
      return Optional.empty();
    }
    return Optional.of(new NativeFiles(new FileCalls(NativeLibrary.libc()), direct.get()));
  }

  /**
   * Opens a file; created files are private to the user.
   *
   * @param path the file
   * @param modes how
   * @throws NativeIOException if the system refuses
   */
  public NativeFile open(Path path, Set<Mode> modes) throws IOException {
    int flags = O_CLOEXEC;
    flags |= modes.contains(Mode.CREATE_NEW) ? O_WRONLY | O_CREAT | O_EXCL : 0;
    flags |= modes.contains(Mode.DIRECT) ? direct : 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Errno.state(arena);
      MemorySegment name = arena.allocateFrom(path.toString());
      int fd;
      do {
        fd = calls.open(state, name, flags, 0600);
      } while (fd < 0 && Errno.of(state) == Errno.EINTR);
      if (fd < 0) {
        throw new NativeIOException("open " + path, Errno.of(state));
      }
      return new NativeFile(calls, fd, path);
    }
  }

  private static Optional<Integer> directFlag() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return Optional.empty();
    }
    return switch (System.getProperty("os.arch", "")) {
      case "amd64", "x86_64" -> Optional.of(O_DIRECT_X86);
      case "aarch64" -> Optional.of(O_DIRECT_ARM);
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
}
