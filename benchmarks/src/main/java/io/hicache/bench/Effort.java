package io.hicache.bench;

import java.time.Duration;

/** How much a run may take. */
public enum Effort {
  /** Every cell, several JVMs each. */
  FULL(Duration.ofMinutes(15)),
  /** A few cells, one JVM each: a look, not a publication. */
  QUICK(Duration.ofSeconds(100));

  private final Duration budget;

  Effort(Duration budget) {
    this.budget = budget;
  }

  /** Returns the time after which no further JVM is started for what is undecided. */
  public Duration budget() {
    return budget;
  }
}
