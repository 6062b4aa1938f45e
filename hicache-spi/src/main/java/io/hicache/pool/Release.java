package io.hicache.pool;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Gives memory back once. What is refused, because a call is in the memory, may be tried again. */
final class Release {
  private final Runnable free;
  private final Lock lock = new ReentrantLock();
  private boolean done;

  Release(Runnable free) {
    this.free = free;
  }

  /** Gives the memory back unless that is done; throws what giving back threw. */
  void run() {
    lock.lock();
    try {
      if (!done) {
        free.run();
        done = true;
      }
    } finally {
      lock.unlock();
    }
  }
}
