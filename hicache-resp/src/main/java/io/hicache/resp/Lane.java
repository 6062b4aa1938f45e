package io.hicache.resp;

import io.hicache.Priority;
import io.hicache.spi.Deadline;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of connections, each used by one operation at a time. When all are in use, who
 * comes next is decided by priority, among equals by who came first. Thread-safe; nothing is read
 * or written under its lock.
 */
final class Lane implements AutoCloseable {
  private record Waiter(Priority priority, long number) implements Comparable<Waiter> {
    @Override
    public int compareTo(Waiter other) {
      int byPriority = priority.compareTo(other.priority);
      return byPriority != 0 ? byPriority : Long.compare(number, other.number);
    }
  }

  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Waiter> waiting = new PriorityQueue<>();
  private final Deque<Connection> idle = new ArrayDeque<>();
  private int free;
  private long numbers;
  private boolean closed;

  Lane(int connections) {
    free = connections;
  }

  /**
   * Waits for a turn.
   *
   * @return whether there is one; false if the deadline passed first. Then {@link #leave} must
   *     follow
   */
  boolean enter(Priority priority, Deadline deadline) throws InterruptedException {
    lock.lock();
    try {
      Waiter self = new Waiter(priority, numbers++);
      waiting.add(self);
      try {
        while (free == 0 || !self.equals(waiting.peek())) {
          if (deadline.passed()) {
            return false;
          }
          changed.awaitNanos(deadline.remainingNanos());
        }
        free--;
        return true;
      } finally {
        waiting.remove(self);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes further turns if there are some that nobody waits for; {@link #leave} must follow as
   * often.
   *
   * @param most how many at most
   * @return how many
   */
  int enterMore(int most) {
    lock.lock();
    try {
      int more = waiting.isEmpty() ? Math.min(most, free) : 0;
      free -= more;
      return more;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a turn. */
  void leave() {
    lock.lock();
    try {
      free++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes an idle connection, the one used last; null if there is none. */
  @Nullable Connection take() {
    lock.lock();
    try {
      Connection connection = idle.pollFirst();
      if (connection != null) {
        connection.reuse();
      }
      return connection;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a connection back; closes one that the next user could not trust. */
  void give(Connection connection, boolean whole) {
    lock.lock();
    try {
      if (whole && connection.usable() && !closed) {
        idle.addFirst(connection);
        return;
      }
    } finally {
      lock.unlock();
    }
    connection.wire().close();
  }

  /** Closes the idle connections: the server they led to is gone. */
  void flush() {
    lock.lock();
    try {
      idle.forEach(connection -> connection.wire().close());
      idle.clear();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    flush();
  }
}
