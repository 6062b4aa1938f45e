package io.hicache;

/** What kind of fault a store answered with, chosen so that a caller knows what to do next. */
public enum FaultKind {
  /** The store cannot be reached or is gone: use it as a miss, and try again later. */
  UNAVAILABLE,
  /** The deadline passed first: use it as a miss; the store may be slow or hung. */
  TIMEOUT,
  /** The store will never take this: too large, no permission, full. Trying again does not help. */
  REFUSED,
  /** Anything else, the library's own bugs included: use it as a miss, and report it. */
  INTERNAL;

  /** Returns the outcome of a position that failed this way. */
  public Outcome outcome() {
    return switch (this) {
      case UNAVAILABLE -> Outcome.FAILED_UNAVAILABLE;
      case TIMEOUT -> Outcome.FAILED_TIMEOUT;
      case REFUSED -> Outcome.FAILED_REFUSED;
      case INTERNAL -> Outcome.FAILED_INTERNAL;
    };
  }
}
