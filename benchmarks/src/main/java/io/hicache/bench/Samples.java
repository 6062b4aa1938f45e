package io.hicache.bench;

import io.hicache.bench.stats.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the rounds of a cell gave: per fork, per round, one sample of each contestant.
 *
 * @param forks the rounds of each JVM, in the order they ran
 */
public record Samples(List<List<List<Sample>>> forks) {

  /** Copies the outer lists. */
  public Samples {
    forks = List.copyOf(forks);
  }

  /**
   * Returns these samples and those of more forks.
   *
   * @param more the rounds of further JVMs
   */
  public Samples and(Samples more) {
    List<List<List<Sample>>> all = new ArrayList<>(forks);
    all.addAll(more.forks);
    return new Samples(all);
  }

  /** Returns how many rounds there are, over all forks. */
  public int rounds() {
    return forks.stream().mapToInt(List::size).sum();
  }

  /**
   * Estimates how fast one contestant is beside another: the ratio of their speeds, round by round.
   *
   * @param of whose speed
   * @param floor whose speed is 1
   */
  public Estimate ratio(String of, String floor) {
    return estimate(round -> in(round, of).speed() / in(round, floor).speed());
  }

  /**
   * Estimates how much processor time one contestant takes beside another for the same amount,
   * round by round.
   *
   * @param of whose
   * @param floor whose is 1
   */
  public Estimate processorRatio(String of, String floor) {
    return estimate(round -> in(round, of).processor() / in(round, floor).processor());
  }

  /**
   * Estimates how many times as long as another's a contestant's turn takes, round by round.
   *
   * @param of whose
   * @param beside whose is 1
   */
  public Estimate timesAsLong(String of, String beside) {
    return estimate(round -> (double) in(round, of).nanos() / in(round, beside).nanos());
  }

  /**
   * Estimates a contestant's amount per nanosecond.
   *
   * @param of whose
   */
  public Estimate speed(String of) {
    return estimate(round -> in(round, of).speed());
  }

  /**
   * Estimates what a contestant allocates on the heap per page, in bytes.
   *
   * @param of whose
   */
  public Estimate heapPerPage(String of) {
    return estimate(round -> in(round, of).heapPerPage());
  }

  /**
   * Estimates how long a contestant takes for a page, in nanoseconds.
   *
   * @param of whose
   */
  public Estimate nanosPerPage(String of) {
    return estimate(round -> in(round, of).nanos() / (double) in(round, of).work().pages());
  }

  /**
   * Estimates how much longer one contestant's turn takes than another's, round by round, in
   * nanoseconds.
   *
   * @param of whose
   * @param beside whose turn is taken off
   */
  public Estimate nanosBeyond(String of, String beside) {
    return estimate(round -> in(round, of).nanos() - in(round, beside).nanos());
  }

  /**
   * Adds up a contestant's turns.
   *
   * @param of whose
   */
  public Total total(String of) {
    Total total = new Total(0, 0, 0, 0);
    for (List<List<Sample>> fork : forks) {
      for (List<Sample> round : fork) {
        total = total.and(in(round, of));
      }
    }
    return total;
  }

  /**
   * Returns the fastest of some contestants, by the median of their speeds.
   *
   * @param labels at least one
   */
  public String fastest(List<String> labels) {
    return labels.stream()
        .max(Comparator.comparingDouble(label -> speed(label).median()))
        .orElseThrow();
  }

  private Estimate estimate(ToDoubleFunction<List<Sample>> value) {
    return Estimate.of(
        forks.stream().map(fork -> fork.stream().mapToDouble(value).toArray()).toList());
  }

  private static Sample in(List<Sample> round, String label) {
    for (Sample sample : round) {
      if (sample.contestant().equals(label)) {
        return sample;
      }
    }
    throw new IllegalArgumentException("contestant " + label + ": took no part");
  }

  /**
   * The sum of a contestant's turns.
   *
   * @param pages how many pages it was asked for
   * @param done how many it did
   * @param amount how much those are
   * @param cpuNanos the processor time of all its turns
   */
  public record Total(long pages, long done, long amount, long cpuNanos) {
    Total and(Sample sample) {
      return new Total(
          pages + sample.work().pages(),
          done + sample.work().done(),
          amount + sample.work().amount(),
          cpuNanos + sample.cpuNanos());
    }
  }
}
