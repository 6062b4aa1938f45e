package io.hicache.file.engine;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.file.engine.OldestPages.PageFile;
import io.hicache.spi.RateLimitedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A store that stays within its limits, by removing the pages that have not been used for longest,
 * a page's head groups and side pools together. Several processes may do so to one directory:
 * whoever removes a file counts it, and nobody takes a lock that another process waits for.
 *
 * <p>A write reserves its bytes before it begins, so that the sum never passes the most allowed by
 * more than processes begin at one moment. Above the high watermark a background thread evicts, and
 * writes do not wait; above the most allowed they do. Thread-safe.
 */
final class BoundedRoom implements Room {
  private static final Duration FREE_SPACE_INTERVAL = Duration.ofMillis(100);

  /** How many pages may be in the middle of a write, here and elsewhere. */
  private static final int AT_WORK = 16;

  private static final int MOST_TO_TOUCH = 1 << 14;

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(200);

  private final Path store;
  private final Path namespace;
  private final Limits limits;
  private final UsageCounter usage;
  private final FreeSpace free;
  private final LastUses uses = new LastUses();
  private final Queue<PageName> toTouch = new ArrayBlockingQueue<>(MOST_TO_TOUCH);
  private final ReentrantLock evicting = new ReentrantLock();
  private final BackgroundEviction background;
  private final RateLimitedLog log =
      new RateLimitedLog(System.getLogger("io.hicache.file"), Duration.ofSeconds(10));
  private final AtomicLong longest = new AtomicLong();
  private final AtomicLong pending = new AtomicLong();
  private final AtomicLong nextLook = new AtomicLong(System.nanoTime());
  private Queue<PageFile> oldest = new ArrayDeque<>();
  private Set<String> owners = Set.of();

  private BoundedRoom(Path store, Path namespace, Limits limits, UsageCounter usage) {
    this.store = store;
    this.namespace = namespace;
    this.limits = limits;
    this.usage = usage;
    this.free = new FreeSpace(store, limits.minFreeBytes(), FREE_SPACE_INTERVAL);
    this.background = new BackgroundEviction(this::look, this::touchUsed, this::lower);
  }

  /**
   * Opens a store's room; looks at what is there in the background.
   *
   * @param store the store's directory
   * @param namespace the directory of the namespace whose pages are used here
   * @param limits how much it may take
   */
  static BoundedRoom open(Path store, Path namespace, Limits limits) {
    try {
      UsageCounter usage = FreeSpace.isLocal(store) ? counter(store) : UsageCounter.alone();
      BoundedRoom room = new BoundedRoom(store, namespace, limits, usage);
      room.background.start();
      return room;
    } catch (IOException e) {
      throw FileFaults.of("open of", store.resolve(UsageCounter.FILE), e);
    }
  }

  /** A disk that is full already has no room for the counter, and must be opened all the same. */
  private static UsageCounter counter(Path store) throws IOException {
    try {
      return UsageCounter.shared(store);
    } catch (IOException e) {
      if (FileFaults.isFull(e)) {
        return UsageCounter.alone();
      }
      throw e;
    }
  }

  @Override
  public boolean counts() {
    return true;
  }

  @Override
  public void reserve(long bytes) {
    if (bytes > limits.maxBytes()) {
      throw refused("a page of %d bytes with its record".formatted(bytes));
    }
    pending.addAndGet(bytes);
    longest.accumulateAndGet(bytes, Math::max);
    long used = usage.add(bytes);
    boolean scarce = free.scarceAfter(bytes);
    if (used > limits.maxBytes() || scarce) {
      if (!evictTo(limits.low(), scarce) && usage.bytes() > limits.maxBytes()) {
        cancel(bytes);
        throw refused("nothing is left to evict, and a page of %d bytes".formatted(bytes));
      }
    } else if (used > limits.high()) {
      background.wake();
    }
  }

  @Override
  public void cancel(long bytes) {
    pending.addAndGet(-bytes);
    usage.add(-bytes);
    free.gave(bytes);
  }

  @Override
  public void wrote(long bytes) {
    pending.addAndGet(-bytes);
  }

  @Override
  public void removed(long bytes) {
    usage.add(-bytes);
    free.gave(bytes);
  }

  @Override
  public boolean evict(long bytes) {
    return evictTo(Math.max(0, Math.min(usage.bytes() - 4 * bytes, limits.low())), false);
  }

  /** A file's time is the background thread's to write, unless more are due than it can hold. */
  @Override
  public void used(PageName name) {
    if (uses.isNew(name) && !toTouch.offer(name)) {
      background.wake();
      touch(name);
    }
  }

  @Override
  public void close() {
    background.close();
    touchUsed();
    usage.close();
  }

  /** Returns the bytes that the store is known to take. */
  long bytes() {
    return usage.bytes();
  }

  /**
   * Looks at every file, and puts the count right if it is further off than what was written and
   * removed meanwhile can explain: of that, nobody knows what the look has seen.
   */
  void look() throws IOException {
    evicting.lock();
    try {
      long before = usage.bytes();
      long moved = usage.moved();
      OldestPages seen = OldestPages.of(store);
      long off = seen.bytes() + pending.get() - before;
      if (Math.abs(off) > usage.moved() - moved + AT_WORK * longest.get()) {
        usage.correct(off);
      }
      oldest = seen.inOrder();
      owners = seen.owners();
    } finally {
      evicting.unlock();
    }
  }

  /** Writes the times of the files that were used since; every eviction goes by them. */
  private void touchUsed() {
    for (PageName name = toTouch.poll(); name != null; name = toTouch.poll()) {
      touch(name);
    }
  }

  private void touch(PageName name) {
    try {
      Files.setLastModifiedTime(
          EncodedNames.resolve(namespace, name.path()), FileTime.from(Instant.now()));
    } catch (IOException e) {
      // Gone, or not ours to touch: it is then as old as it looks.
    }
  }

  private void lower() {
    evictTo(limits.low(), free.scarceAfter(0));
  }

  /** Evicts until both limits are kept; returns whether they are. */
  private boolean evictTo(long most, boolean scarce) {
    evicting.lock();
    try {
      touchUsed();
      boolean looked = false;
      boolean found = true;
      while (usage.bytes() > most || (scarce && free.scarceAfter(0))) {
        PageFile next = oldest.poll();
        if (next != null) {
          found |= evict(next);
        } else if (looked || (usage.bytes() <= most && !mayLook())) {
          nextLook.set(System.nanoTime() + (found ? 0 : LOOK_INTERVAL.toNanos()));
          return false;
        } else {
          look();
          looked = true;
          found = false;
        }
      }
      return true;
    } catch (IOException e) {
      log.warn("eviction in " + store + " stopped: " + e, e);
      return false;
    } finally {
      evicting.unlock();
    }
  }

  /** On a full disk with nothing of ours to remove, not every write is to look for it again. */
  private boolean mayLook() {
    return System.nanoTime() - nextLook.get() >= 0;
  }

  /**
   * Removes a page, unless any of its files was used since it was looked at.
   *
   * @return whether anything was removed
   */
  private boolean evict(PageFile file) {
    for (String owner : owners) {
      PageFile sibling = sibling(file, owner);
      if (lastUse(sibling) > file.usedMillis()) {
        return false;
      }
    }
    boolean removed = false;
    for (String owner : owners) {
      removed |= remove(sibling(file, owner));
    }
    return removed;
  }

  private static PageFile sibling(PageFile file, String owner) {
    String name = FileNaming.sibling(file.name(), owner);
    return new PageFile(file.namespace(), name, file.usedMillis());
  }

  private static long lastUse(PageFile file) {
    try {
      return Files.getLastModifiedTime(file.path(), LinkOption.NOFOLLOW_LINKS).toMillis();
    } catch (IOException e) {
      return Long.MIN_VALUE;
    }
  }

  /** A file that cannot be removed is passed over; the next one may be. */
  private boolean remove(PageFile file) {
    Path path = file.path();
    try {
      long bytes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).size();
      if (Files.deleteIfExists(path)) {
        removed(bytes);
        return true;
      }
    } catch (NoSuchFileException e) {
      // Another process was faster.
    } catch (IOException e) {
      log.warn("page " + path + " could not be evicted: " + e, e);
    }
    return false;
  }

  private HiCacheException refused(String what) {
    return new HiCacheException(
        FaultKind.REFUSED,
        "write in %s: %s does not fit into option max-size, which is %d bytes; set a larger one, or clear pages"
            .formatted(store, what, limits.maxBytes()));
  }
}
