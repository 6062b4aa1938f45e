package io.hicache;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One {@link Outcome} per position of a batch, in the order asked, and the first failure's story.
 * Immutable. Two results are equal if their outcomes are.
 */
public final class BatchResult {
  private final Outcome[] outcomes;
  private final @Nullable HiCacheException firstFailure;

  private BatchResult(Outcome[] outcomes, @Nullable HiCacheException firstFailure) {
    this.outcomes = outcomes;
    this.firstFailure = firstFailure;
  }

  /**
   * Makes the result of outcomes already known.
   *
   * @param outcomes one per position
   * @param firstFailure why the first failed position failed; may be null if none did
   */
  public static BatchResult of(List<Outcome> outcomes, @Nullable HiCacheException firstFailure) {
    return new BatchResult(List.copyOf(outcomes).toArray(Outcome[]::new), firstFailure);
  }

  /**
   * Makes a result in which every position ended alike.
   *
   * @param size how many positions
   * @param outcome how each ended
   */
  public static BatchResult all(int size, Outcome outcome) {
    Outcome[] outcomes = new Outcome[size];
    Arrays.fill(outcomes, Objects.requireNonNull(outcome, "outcome"));
    return new BatchResult(outcomes, null);
  }

  /**
   * Makes a result in which every position failed for one reason.
   *
   * @param size how many positions
   * @param failure the reason
   */
  public static BatchResult allFailed(int size, HiCacheException failure) {
    Outcome[] outcomes = new Outcome[size];
    Arrays.fill(outcomes, failure.kind().outcome());
    return new BatchResult(outcomes, failure);
  }

  /** Returns how many positions the call had. */
  public int size() {
    return outcomes.length;
  }

  /**
   * Returns the outcome of one position.
   *
   * @param position 0 to {@link #size()} − 1
   * @throws IndexOutOfBoundsException if there is no such position
   */
  public Outcome get(int position) {
    return outcomes[position];
  }

  /** Returns how many positions, counted from the first without a gap, are a success. */
  public int leadingDone() {
    int run = 0;
    while (run < outcomes.length && outcomes[run].success()) {
      run++;
    }
    return run;
  }

  /** Tells whether every position is a success; true of an empty batch. */
  public boolean allDone() {
    return leadingDone() == outcomes.length;
  }

  /**
   * Counts the positions that ended one way.
   *
   * @param outcome which way
   */
  public int count(Outcome outcome) {
    int count = 0;
    for (Outcome each : outcomes) {
      count += each == outcome ? 1 : 0;
    }
    return count;
  }

  /**
   * Returns why the first failed position failed; empty if none did. What a log line or a retry
   * needs: a batch carries one story, not one per page.
   */
  public Optional<HiCacheException> firstFailure() {
    return Optional.ofNullable(firstFailure);
  }

  /** Returns the outcomes as a list, one per position. */
  public List<Outcome> outcomes() {
    return List.of(outcomes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BatchResult that && Arrays.equals(outcomes, that.outcomes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(outcomes);
  }

  /** Returns the outcomes with runs folded: {@code [DONE×3, ABSENT, DONE]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < outcomes.length; ) {
      int end = i + 1;
      while (end < outcomes.length && outcomes[end] == outcomes[i]) {
        end++;
      }
      text.append(i == 0 ? "" : ", ")
          .append(outcomes[i])
          .append(end - i > 1 ? "×" + (end - i) : "");
      i = end;
    }
    return text.append(']').toString();
  }
}
