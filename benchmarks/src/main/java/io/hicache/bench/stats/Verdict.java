package io.hicache.bench.stats;

/** What the rounds so far say about a target. */
public enum Verdict {
  /** The median meets it. */
  OK,
  /** The median misses it, and so does the whole interval. */
  SHORT,
  /** The median misses it, but the interval does not rule it out: more rounds are needed. */
  UNDECIDED
}
