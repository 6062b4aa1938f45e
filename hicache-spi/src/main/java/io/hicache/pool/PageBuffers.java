package io.hicache.pool;

import io.hicache.spi.Deadline;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Native buffers for pages on their way between layouts: at most so many, made when first needed,
 * then kept.
 *
 * <ul>
 *   <li><b>Ownership.</b> A {@link Lease} holds its buffers until it is closed.
 *   <li><b>Threads.</b> Thread-safe. Borrowing waits while all buffers are out; it needs one to go
 *       on, so a caller that holds one lease at a time never waits for itself.
 *   <li><b>Lifetime.</b> {@link #close} frees what is here; leased buffers are freed as they come
 *       back.
 * </ul>
 */
public final class PageBuffers implements AutoCloseable {
  /** Where each buffer starts: on a multiple of this, as unbuffered I/O asks. */
  public static final long ALIGNMENT = 4096;

  private final long bufferBytes;
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition returned = lock.newCondition();
  private final Deque<Buffer> free = new ArrayDeque<>();
  private int made;
  private boolean closed;

  /**
   * Makes an empty pool; no memory yet.
   *
   * @param bufferBytes bytes of each buffer
   * @param most how many buffers there may be
   * @throws IllegalArgumentException if one is below 1
   */
  public PageBuffers(long bufferBytes, int most) {
    Counts.positive("buffer bytes", bufferBytes);
    Counts.positive("buffers", most);
    this.bufferBytes = bufferBytes;
    this.most = most;
  }

  /** Returns the bytes of each buffer. */
  public long bufferBytes() {
    return bufferBytes;
  }

  /**
   * Borrows buffers: as many as are free, up to a number, and at least one. Waits while none is
   * free; an interrupt neither ends the wait nor is lost.
   *
   * @param wanted how many would be used; at least 1
   * @param deadline when to stop waiting
   * @return the buffers; none if the deadline passed first
   * @throws IllegalArgumentException if none is wanted
   * @throws IllegalStateException if closed
   */
  public Lease borrow(int wanted, Deadline deadline) {
    Counts.positive("wanted buffers", wanted);
    Lease lease = new Lease();
    int fresh;
    lock.lock();
    try {
      awaitOne(deadline);
      if (closed) {
        throw new IllegalStateException("page buffers: must not be used after close");
      }
      while (lease.buffers.size() < wanted && !free.isEmpty()) {
        lease.buffers.add(free.pop());
      }
      fresh = Math.min(wanted - lease.buffers.size(), most - made);
      made += fresh;
    } finally {
      lock.unlock();
    }
    lease.make(fresh);
    return lease;
  }

  /** Frees the buffers that are not leased, and lends no more; closing twice does nothing. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      made -= free.size();
      free.forEach(Buffer::free);
      free.clear();
      returned.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits, with the lock held, until a buffer is free or may be made, or the time is up. */
  private void awaitOne(Deadline deadline) {
    boolean interrupted = false;
    while (free.isEmpty() && made == most && !closed && !deadline.passed()) {
      try {
        if (deadline.bounded()) {
          returned.awaitNanos(deadline.remainingNanos());
        } else {
          returned.await();
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void giveBack(List<Buffer> buffers, int neverMade) {
    lock.lock();
    try {
      made -= neverMade;
      if (closed) {
        made -= buffers.size();
        buffers.forEach(Buffer::free);
      } else {
        buffers.forEach(free::push);
      }
      returned.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private record Buffer(Arena arena, MemorySegment memory) {
    static Buffer of(long bytes) {
      Arena arena = Arena.ofShared();
      try {
        return new Buffer(arena, arena.allocate(bytes, ALIGNMENT));
      } catch (RuntimeException | Error e) {
        arena.close();
        throw e;
      }
    }

    void free() {
      arena.close();
    }
  }

  /** Buffers on loan; what they hold is whatever was there before. For one thread. */
  public final class Lease implements AutoCloseable {
    private final List<Buffer> buffers = new ArrayList<>();
    private boolean over;

    private Lease() {}

    /** Returns how many buffers there are. */
    public int size() {
      return buffers.size();
    }

    /**
     * Returns one buffer, of {@link #bufferBytes} bytes.
     *
     * @param index 0 to {@link #size} − 1
     * @throws IllegalStateException if the lease is closed
     */
    public MemorySegment buffer(int index) {
      if (over) {
        throw new IllegalStateException("lease: must not be used after close");
      }
      return buffers.get(index).memory();
    }

    /** Gives the buffers back; closing twice does nothing. */
    @Override
    public void close() {
      if (!over) {
        over = true;
        giveBack(buffers, 0);
      }
    }

    private void make(int fresh) {
      for (int i = 0; i < fresh; i++) {
        try {
          buffers.add(Buffer.of(bufferBytes));
        } catch (RuntimeException | Error e) {
          giveBack(buffers, fresh - i);
          throw e;
        }
      }
    }
  }
}
