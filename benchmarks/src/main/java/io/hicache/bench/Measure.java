package io.hicache.bench;

import io.hicache.bench.stats.Estimate;
import java.util.Comparator;
import java.util.List;

/** What a figure measures in the rounds of a cell. */
public sealed interface Measure {

  /**
   * Reads the value out of the rounds.
   *
   * @param samples the rounds
   */
  Estimate in(Samples samples);

  /**
   * Tells in words what was measured, naming the contestants.
   *
   * @param samples the rounds
   */
  String words(Samples samples);

  /**
   * A contestant's speed beside a floor's, by paired rounds.
   *
   * @param of whose speed
   * @param floors the variants of the floor; the one whose median is fastest is compared with
   */
  record Ratio(String of, List<String> floors) implements Measure {
    @Override
    public Estimate in(Samples samples) {
      return samples.ratio(of, samples.fastest(floors));
    }

    @Override
    public String words(Samples samples) {
      return of + " ÷ " + samples.fastest(floors);
    }
  }

  /**
   * The processor time that a contestant takes for a byte beside a floor's, by paired rounds.
   *
   * @param of whose
   * @param floors the variants of the floor; the fastest is compared with
   */
  record Processor(String of, List<String> floors) implements Measure {
    @Override
    public Estimate in(Samples samples) {
      return samples.processorRatio(of, samples.fastest(floors));
    }

    @Override
    public String words(Samples samples) {
      return "CPU of %s ÷ %s".formatted(of, samples.fastest(floors));
    }
  }

  /**
   * Heap bytes per page of the contestant that allocates most.
   *
   * @param of the contestants
   */
  record Heap(List<String> of) implements Measure {
    @Override
    public Estimate in(Samples samples) {
      return samples.heapPerPage(greediest(samples));
    }

    @Override
    public String words(Samples samples) {
      return "heap B/page of " + greediest(samples);
    }

    private String greediest(Samples samples) {
      return of.stream()
          .max(Comparator.comparingDouble(label -> samples.heapPerPage(label).median()))
          .orElseThrow();
    }
  }

  /**
   * Nanoseconds that a contestant takes for a page.
   *
   * @param of whose
   */
  record Nanos(String of) implements Measure {
    @Override
    public Estimate in(Samples samples) {
      return samples.nanosPerPage(of);
    }

    @Override
    public String words(Samples samples) {
      return "ns/page of " + of;
    }
  }

  /**
   * How many times as long as another's a contestant's turn takes, by paired rounds.
   *
   * @param of whose
   * @param beside whose is 1
   */
  record Times(String of, String beside) implements Measure {
    @Override
    public Estimate in(Samples samples) {
      return samples.timesAsLong(of, beside);
    }

    @Override
    public String words(Samples samples) {
      return "time of %s ÷ %s".formatted(of, beside);
    }
  }

  /**
   * Nanoseconds that a contestant's turn takes beyond another's, by paired rounds.
   *
   * @param of whose
   * @param beside whose turn is taken off
   */
  record Beyond(String of, String beside) implements Measure {
    @Override
    public Estimate in(Samples samples) {
      return samples.nanosBeyond(of, beside);
    }

    @Override
    public String words(Samples samples) {
      return "ns of %s − %s".formatted(of, beside);
    }
  }
}
