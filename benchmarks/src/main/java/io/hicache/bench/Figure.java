package io.hicache.bench;

import io.hicache.bench.stats.Target;
import java.util.List;
import java.util.Optional;

/**
 * One number that a cell is run for.
 *
 * @param name its name, dotted, as in {@code file.read.1MiB.64.1.off.x4}
 * @param measure what it measures
 * @param target what it should reach; empty if it is only reported
 */
public record Figure(String name, Measure measure, Optional<Target> target) {

  /**
   * Makes a ratio that is held to a bound.
   *
   * @param bound the least wanted
   * @param name the figure's name
   * @param of whose speed
   * @param floors the variants of the floor
   */
  public static Figure atLeast(double bound, String name, String of, List<String> floors) {
    return new Figure(name, new Measure.Ratio(of, floors), Optional.of(Target.atLeast(bound)));
  }

  /**
   * Makes a figure of heap bytes per page that is held to a bound.
   *
   * @param bound the most allowed
   * @param name the figure's name
   * @param of the contestants; the one that allocates most counts
   */
  public static Figure atMost(double bound, String name, List<String> of) {
    return atMost(bound, name, new Measure.Heap(of));
  }

  /**
   * Makes a figure that is held to an upper bound.
   *
   * @param bound the most allowed
   * @param name the figure's name
   * @param measure what it measures
   */
  public static Figure atMost(double bound, String name, Measure measure) {
    return new Figure(name, measure, Optional.of(Target.atMost(bound)));
  }

  /**
   * Makes a ratio that is only reported.
   *
   * @param name the figure's name
   * @param of whose speed
   * @param beside whose speed is 1
   */
  public static Figure reported(String name, String of, String beside) {
    return new Figure(name, new Measure.Ratio(of, List.of(beside)), Optional.empty());
  }
}
