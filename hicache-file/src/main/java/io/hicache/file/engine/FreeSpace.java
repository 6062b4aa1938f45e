package io.hicache.file.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much is free on a file system: asked for now and then, and in between reckoned by what was
 * written and removed here. Thread-safe.
 */
final class FreeSpace {
  /** File systems whose files other machines have, too, so that mapped memory is not shared. */
  private static final Set<String> REMOTE =
      Set.of("nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "lustre", "beegfs", "gpfs", "virtiofs");

  private final Path directory;
  private final long least;
  private final long intervalNanos;
  private final AtomicLong left;
  private final AtomicLong next;

  FreeSpace(Path directory, long least, Duration interval) {
    this.directory = directory;
    this.least = least;
    this.intervalNanos = interval.toNanos();
    this.left = new AtomicLong(usable(directory));
    this.next = new AtomicLong(System.nanoTime() + intervalNanos);
  }

  /** Tells whether only this machine has a directory's file system. */
  static boolean isLocal(Path directory) throws IOException {
    String type = Disk.of(directory).type();
    return !type.startsWith("fuse") && !REMOTE.contains(type);
  }

  /** Takes bytes off; tells whether less than the least is left. */
  boolean scarceAfter(long bytes) {
    if (least == 0) {
      return false;
    }
    long now = System.nanoTime();
    long due = next.get();
    if (now - due >= 0 && next.compareAndSet(due, now + intervalNanos)) {
      left.set(usable(directory));
    }
    return left.addAndGet(-bytes) < least;
  }

  /** Adds what was removed. */
  void gave(long bytes) {
    left.addAndGet(bytes);
  }

  /** What cannot be asked is taken for plenty: the write itself will tell. */
  private static long usable(Path directory) {
    try {
      return Disk.of(directory).usableBytes();
    } catch (IOException e) {
      return Long.MAX_VALUE / 2;
    }
  }
}
