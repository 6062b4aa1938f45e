package io.hicache;

import java.util.Locale;
import java.util.Optional;

/** What became of one position of a call: of one page or one key. */
public enum Outcome {
  /** Read, written, present, or deleted. A target holds the page. */
  DONE,
  /** Of a write: already there, nothing written. Counts as success. */
  KEPT,
  /** Not there. A target is unchanged. */
  ABSENT,
  /**
   * There, but of a wrong length or checksum: use it as a miss. A target's bytes are unspecified.
   */
  MISMATCH,
  /** The store cannot be reached or is gone. A target's bytes are unspecified. */
  FAILED_UNAVAILABLE,
  /** The deadline passed. A target's bytes are unspecified. */
  FAILED_TIMEOUT,
  /** The store will never take this: too large, no permission, full. */
  FAILED_REFUSED,
  /** Any other fault of the store. A target's bytes are unspecified. */
  FAILED_INTERNAL,
  /**
   * Never started: an earlier timeout or interrupt ended the batch, an earlier fault ended it for
   * that server, or the page's side pools were not written. A target is unchanged.
   */
  SKIPPED;

  /** Tells whether the position is as the caller wanted it: {@link #DONE} or {@link #KEPT}. */
  public boolean success() {
    return this == DONE || this == KEPT;
  }

  /**
   * Tells whether the store failed at this position; {@link #MISMATCH} is a miss, not a failure.
   */
  public boolean failed() {
    return switch (this) {
      case FAILED_UNAVAILABLE, FAILED_TIMEOUT, FAILED_REFUSED, FAILED_INTERNAL -> true;
      case DONE, KEPT, ABSENT, MISMATCH, SKIPPED -> false;
    };
  }

  /** Returns the kind of fault, if this is a failure. */
  public Optional<FaultKind> fault() {
    return switch (this) {
      case FAILED_UNAVAILABLE -> Optional.of(FaultKind.UNAVAILABLE);
      case FAILED_TIMEOUT -> Optional.of(FaultKind.TIMEOUT);
      case FAILED_REFUSED -> Optional.of(FaultKind.REFUSED);
      case FAILED_INTERNAL -> Optional.of(FaultKind.INTERNAL);
      case DONE, KEPT, ABSENT, MISMATCH, SKIPPED -> Optional.empty();
    };
  }

  /** Returns the name, failures as {@code FAILED(kind)}. */
  @Override
  public String toString() {
    return fault()
        .map(kind -> "FAILED(" + kind.name().toLowerCase(Locale.ROOT) + ")")
        .orElseGet(this::name);
  }
}
