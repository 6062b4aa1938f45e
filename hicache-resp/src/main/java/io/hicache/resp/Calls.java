package io.hicache.resp;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheException;
import io.hicache.Priority;
import io.hicache.spi.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Gives each call its turn on a connection, on a thread of the library's own: an interrupt closes
 * the socket that its thread is using, and callers may be interrupted. The caller waits until that
 * thread has ended its work, whatever interrupts; so when a call has returned, nothing of the
 * library can reach its memory.
 *
 * <p>There are at most as many threads as connections. Thread-safe.
 */
final class Calls implements AutoCloseable {
  /** What is said on a connection in one turn. */
  interface Talk {
    /** Says it; may be begun anew on another connection as long as no reply has come. */
    void on(Connection connection, Turn turn) throws IOException;
  }

  private final RespConfig config;
  private final Watchdog watchdog;
  private final Connector connector;
  private final ExecutorService threads;

  Calls(RespConfig config) {
    String name = "hicache-" + config.backend();
    this.config = config;
    this.watchdog = new Watchdog(name);
    this.connector = new Connector(config, watchdog);
    this.threads =
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name(name + "-", 0).factory());
  }

  /**
   * Runs a batch.
   *
   * @param what what is done, for messages: {@code read of}
   * @param usual whose turn it is where the call does not say
   */
  BatchResult batch(
      String what, int size, Lane lane, Priority usual, CallOptions options, Talk talk) {
    Tally tally = new Tally(size);
    Turn turn = new Turn(what, config, Deadline.of(options), tally);
    run(lane, options.priority().orElse(usual), turn, talk);
    return tally.result();
  }

  /**
   * Runs a call that answers with something else than outcomes.
   *
   * @throws HiCacheException if the server failed
   */
  void single(String what, Lane lane, Priority priority, Deadline deadline, Talk talk) {
    Tally tally = new Tally(1);
    run(lane, priority, new Turn(what, config, deadline, tally), talk);
    tally
        .result()
        .firstFailure()
        .ifPresent(fault -> {
          throw fault;
        });
  }

  private void run(Lane lane, Priority priority, Turn turn, Talk talk) {
    try {
      if (turn.deadline().passed() || !lane.enter(priority, turn.deadline())) {
        turn.tooLate();
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      onOwnThread(turn, () -> work(lane, turn, talk));
    } finally {
      lane.leave();
    }
  }

  private void onOwnThread(Turn turn, Runnable work) {
    CountDownLatch ended = new CountDownLatch(1);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    threads.execute(() -> {
      try {
        work.run();
      } catch (Throwable t) {
        failure.set(t);
      } finally {
        ended.countDown();
      }
    });
    await(ended, turn);
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable t -> throw new IllegalStateException("a turn ended with " + t, t);
    }
  }

  /** Waits without limit; an interrupt keeps what has not begun from beginning. */
  private static void await(CountDownLatch ended, Turn turn) {
    boolean interrupted = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        turn.stop();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(Lane lane, Turn turn, Talk talk) {
    Connection idle = lane.take();
    if (idle == null || !attempt(idle, lane, turn, talk)) {
      Connection fresh;
      try {
        fresh = connector.connect(turn.deadline());
      } catch (HiCacheException e) {
        turn.broken(e);
        return;
      }
      attempt(fresh, lane, turn, talk);
    }
  }

  /** Takes the turn; returns false if it must be taken anew on a fresh connection. */
  private boolean attempt(Connection connection, Lane lane, Turn turn, Talk talk) {
    Duration silence = config.timeout();
    Watchdog.Watch watch = watchdog.watch(connection.wire(), turn.deadline(), silence);
    boolean whole = false;
    try {
      talk.on(connection, turn);
      turn.ended();
      whole = true;
    } catch (IOException e) {
      lane.flush();
      if (watch.end() && connection.perhapsStale()) {
        turn.again();
        return false;
      }
      turn.broken(RespFaults.of(turn.what(), config, connection.wire(), e));
    } catch (HiCacheException e) {
      turn.broken(e);
    } finally {
      connection.row().clear();
      lane.give(connection, watch.end() && whole);
    }
    return true;
  }

  /** Returns the commands that go over many keys. */
  Keyspace keyspace(Connection connection) {
    return new Keyspace(connection, config);
  }

  @Override
  public void close() {
    threads.shutdown();
    watchdog.close();
  }
}
