package io.hicache.resp;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of pages under way between one server and all connections to it. A server that is asked
 * for more at once than the sockets take queues copies of it all, and with a memory limit evicts
 * pages for them. Thread-safe.
 */
final class Window {
  private final long limit;
  private final Distance distance;
  private final AtomicLong taken = new AtomicLong();

  /**
   * Makes a window.
   *
   * @param limit most bytes for each connection that a batch is spread over
   */
  Window(long limit, Distance distance) {
    this.limit = limit;
    this.distance = distance;
  }

  /**
   * Takes bytes if they fit.
   *
   * @param must whether to take them in any case, because the taker has nothing under way: a page
   *     may be larger than the window, and nobody ever waits for somebody else's bytes
   */
  boolean take(long bytes, boolean must) {
    long most = limit * distance.connections();
    long now = taken.get();
    while (must || now + bytes <= most) {
      if (taken.compareAndSet(now, now + bytes)) {
        return true;
      }
      now = taken.get();
    }
    return false;
  }

  /** Returns the most bytes of one connection, which another's are not kept waiting by. */
  long each() {
    return limit;
  }

  /** Gives bytes back. */
  void give(long bytes) {
    taken.addAndGet(-bytes);
  }
}
