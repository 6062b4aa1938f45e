package io.hicache.resp;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheException;
import io.hicache.Priority;
import io.hicache.spi.Deadline;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Gives each call its turn on a connection.
 *
 * <p>A batch uses its connection on the caller's own thread: going to another and back costs as
 * much as a page. An interrupt closes the socket that its thread is using; then what had begun is
 * done again on another connection, by a thread that nobody interrupts, and the rest is left. A
 * call made with the flag set works as usual, and finds it set again. Thread-safe.
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
  private final OwnThreads threads;
  private final Distance distance = new Distance();

  Calls(RespConfig config) {
    String name = "hicache-" + config.backend();
    this.config = config;
    this.watchdog = new Watchdog(name, config.timeout());
    this.connector = new Connector(config, watchdog, distance);
    this.threads = new OwnThreads(name);
  }

  /**
   * Runs a batch.
   *
   * @param what what is done, for messages: {@code read of}
   * @param connections how many it is spread over, if so many are idle
   * @param usual whose turn it is where the call does not say
   * @param talk what is said; what an interrupt left unanswered of it is said once more
   */
  BatchResult batch(
      String what,
      int size,
      int connections,
      Lane lane,
      Priority usual,
      CallOptions options,
      Talk talk) {
    // A virtual thread would leave its socket non-blocking for ever.
    boolean elsewhere = Thread.currentThread().isVirtual();
    Turn turn = new Turn(what, config, Deadline.of(options), new Tally(size));
    run(lane, options.priority().orElse(usual), turn, connections, talk, elsewhere);
    return turn.result();
  }

  /**
   * Runs a batch out of reach of interrupts, because what is said twice is answered differently.
   *
   * @param what what is done, for messages: {@code delete of}
   * @param usual whose turn it is where the call does not say
   */
  BatchResult batchOnce(
      String what, int size, Lane lane, Priority usual, CallOptions options, Talk talk) {
    Turn turn = new Turn(what, config, Deadline.of(options), new Tally(size));
    run(lane, options.priority().orElse(usual), turn, 1, talk, true);
    return turn.result();
  }

  /**
   * Runs a call that answers with something else than outcomes.
   *
   * @throws HiCacheException if the server failed
   */
  void single(String what, Lane lane, Priority priority, Deadline deadline, Talk talk) {
    Turn turn = new Turn(what, config, deadline, new Tally(1));
    run(lane, priority, turn, 1, talk, true);
    turn.result()
        .firstFailure()
        .ifPresent(fault -> {
          throw fault;
        });
  }

  private void run(
      Lane lane, Priority priority, Turn turn, int connections, Talk talk, boolean elsewhere) {
    boolean interrupted = Thread.interrupted();
    try {
      if (turn.deadline().passed() || !lane.enter(priority, turn.deadline())) {
        turn.tooLate();
        return;
      }
      int more = lane.enterMore(connections - 1);
      if (more == 0) {
        takeOne(lane, turn, talk, elsewhere);
      } else {
        takeAll(lane, turn.split(1 + more), talk, elsewhere);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Takes the turns of one call at once, the first as if it were alone. */
  private void takeAll(Lane lane, List<Turn> turns, Talk talk, boolean elsewhere)
      throws InterruptedException {
    List<OwnThreads.Job> others = new ArrayList<>();
    Runnable stop = () -> turns.forEach(Turn::stop);
    boolean all = false;
    try {
      for (Turn turn : turns.subList(1, turns.size())) {
        others.add(threads.start(() -> workAndLeave(lane, turn, talk)));
      }
      all = true;
      takeOne(lane, turns.getFirst(), talk, elsewhere);
    } catch (InterruptedException e) {
      stop.run();
      throw e;
    } finally {
      if (!all) {
        // A thread could not be had: those that could must have ended before the call does.
        stop.run();
        turns.stream().skip(others.size()).forEach(turn -> lane.leave());
      }
      OwnThreads.awaitAll(others, stop);
    }
  }

  private void workAndLeave(Lane lane, Turn turn, Talk talk) {
    try {
      work(lane, turn, talk);
    } finally {
      lane.leave();
    }
  }

  private void takeOne(Lane lane, Turn turn, Talk talk, boolean elsewhere)
      throws InterruptedException {
    try {
      if (elsewhere) {
        threads.run(() -> work(lane, turn, talk), turn::stop);
      } else {
        workHere(lane, turn, talk);
      }
    } finally {
      lane.leave();
    }
  }

  /**
   * Takes a turn on the caller's thread, a connection being there; all else is for other threads.
   */
  private void workHere(Lane lane, Turn turn, Talk talk) throws InterruptedException {
    Connection idle = lane.take();
    if (idle == null) {
      idle = connected(lane, turn);
    }
    if (idle == null) {
      return;
    }
    switch (attempt(idle, lane, turn, talk)) {
      case OVER -> {}
      case STALE -> threads.run(() -> workAnew(lane, turn, talk), turn::stop);
      case INTERRUPTED -> {
        if (turn.hasBegun()) {
          threads.run(() -> workAnew(lane, turn, talk), turn::stop);
        }
        throw new InterruptedException();
      }
    }
  }

  /** Makes a connection on another thread; null if there is none or the turn is over. */
  private @Nullable Connection connected(Lane lane, Turn turn) {
    AtomicReference<@Nullable Connection> made = new AtomicReference<>();
    threads.run(() -> made.set(connect(turn)), turn::stop);
    Connection connection = made.get();
    if (connection != null && !turn.goOn()) {
      lane.give(connection, true);
      turn.ended();
      return null;
    }
    return connection;
  }

  private @Nullable Connection connect(Turn turn) {
    try {
      return connector.connect(turn.deadline());
    } catch (HiCacheException e) {
      turn.broken(e);
      return null;
    }
  }

  private void work(Lane lane, Turn turn, Talk talk) {
    Connection idle = lane.take();
    if (idle == null || attempt(idle, lane, turn, talk) != End.OVER) {
      workAnew(lane, turn, talk);
    }
  }

  private void workAnew(Lane lane, Turn turn, Talk talk) {
    Connection fresh = connect(turn);
    if (fresh != null) {
      attempt(fresh, lane, turn, talk);
    }
  }

  /** How an attempt at a turn ended. */
  private enum End {
    /** For good or ill. */
    OVER,
    /** The connection was closed before: to be taken anew. */
    STALE,
    /** An interrupt closed the connection: what had begun is to be done again. */
    INTERRUPTED
  }

  private End attempt(Connection connection, Lane lane, Turn turn, Talk talk) {
    Duration silence = config.timeout();
    Watchdog.Watch watch = watchdog.watch(connection.wire(), turn.deadline(), silence);
    boolean whole = false;
    try {
      talk.on(connection, turn);
      turn.ended();
      whole = true;
    } catch (ClosedByInterruptException e) {
      if (watch.end()) {
        Thread.interrupted();
        turn.interrupted();
        return End.INTERRUPTED;
      }
      turn.broken(RespFaults.of(turn.what(), config, connection.wire(), e));
    } catch (IOException e) {
      lane.flush();
      if (watch.end() && connection.perhapsStale()) {
        turn.again();
        return End.STALE;
      }
      turn.broken(RespFaults.of(turn.what(), config, connection.wire(), e));
    } catch (HiCacheException e) {
      turn.broken(e);
    } finally {
      connection.row().clear();
      lane.give(connection, watch.end() && whole);
    }
    return End.OVER;
  }

  /** Returns how far the server is. */
  Distance distance() {
    return distance;
  }

  /** Returns the commands that go over many keys. */
  Keyspace keyspace(Connection connection) {
    return new Keyspace(connection, config);
  }

  @Override
  public void close() {
    threads.close();
    watchdog.close();
  }
}
