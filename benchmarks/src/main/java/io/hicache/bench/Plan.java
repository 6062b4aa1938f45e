package io.hicache.bench;

/**
 * How long a cell is run for.
 *
 * @param forks how many JVMs to begin with
 * @param mostForks how many at most, while a figure is undecided
 * @param warmups rounds of each JVM that do not count
 * @param rounds rounds of each JVM that count
 */
public record Plan(int forks, int mostForks, int warmups, int rounds) {

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
