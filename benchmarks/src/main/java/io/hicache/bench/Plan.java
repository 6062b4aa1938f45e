package io.hicache.bench;

import java.time.Duration;

/**
 * How long a cell is run for.
 *
 * @param forks how many JVMs to begin with
 * @param mostForks how many at most, while a figure is undecided
 * @param warmups rounds of each JVM that do not count
 * @param rounds rounds of each JVM that count
 * @param rehearsal how long each JVM runs the cell's {@linkplain Cell#rehearsal rehearsal}, if it
 *     has one
 */
public record Plan(int forks, int mostForks, int warmups, int rounds, Duration rehearsal) {
  private static final Duration NONE = Duration.ZERO;

  /** Makes a plan of a cell that is not rehearsed. */
  public Plan(int forks, int mostForks, int warmups, int rounds) {
    this(forks, mostForks, warmups, rounds, NONE);
  }

  /**
   * Tells whether another JVM is to be started: until there are as many as planned, then while one
   * more could decide a figure.
   *
   * @param done how many JVMs have run
   * @param undecided whether a figure is
   * @param timeLeft whether the run's budget is not spent
   */
  boolean wantsMore(int done, boolean undecided, boolean timeLeft) {
    return done < forks || (undecided && done < mostForks && timeLeft);
  }
}
