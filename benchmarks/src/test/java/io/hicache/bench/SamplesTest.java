package io.hicache.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hicache.bench.stats.Estimate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

  /** Rounds that are slow for everybody leave a paired ratio as it is. */
  @Test
  void ratio_roundsOfUnequalSpeed_pairsWithinTheRound() {
    List<List<Sample>> rounds = new ArrayList<>();
    for (long nanos : new long[] {100, 1_000, 50, 400, 7_000}) {
      rounds.add(List.of(sample("floor", nanos), sample("ours", 2 * nanos)));
    }
    assertEquals(new Estimate(0.5, 0.5, 0.5), new Samples(List.of(rounds)).ratio("ours", "floor"));
  }

  @Test
  void ratio_orderWithinRounds_doesNotMatter() {
    Samples samples =
        new Samples(
            List.of(
                List.of(
                    List.of(sample("ours", 100), sample("floor", 50)),
                    List.of(sample("floor", 50), sample("ours", 100)))));
    assertEquals(0.5, samples.ratio("ours", "floor").median());
  }

  /** Half of the pages written in the same time is half of the speed. */
  @Test
  void ratio_pagesNotDone_countForNothing() {
    Sample half = new Sample("ours", 0, 100, 0, 0, new Work(4, 2, 200));
    Samples samples = new Samples(List.of(List.of(List.of(sample("floor", 100), half))));
    assertEquals(0.5, samples.ratio("ours", "floor").median());
  }

  @Test
  void heapPerPage_aBatch_dividesByItsPages() {
    assertEquals(25, one(new Sample("ours", 0, 1, 0, 100, new Work(4, 4, 400))));
  }

  @Test
  void nanosPerPage_aBatch_dividesByItsPages() {
    Samples samples = new Samples(List.of(List.of(List.of(sample("ours", 4_000)))));
    assertEquals(1_000, samples.nanosPerPage("ours").median());
  }

  /** A round that is slow by a constant for everybody leaves the difference as it is. */
  @Test
  void nanosBeyond_roundsOfUnequalSpeed_pairsWithinTheRound() {
    List<List<Sample>> rounds = new ArrayList<>();
    for (long nanos : new long[] {100, 1_000, 50, 400, 7_000}) {
      rounds.add(List.of(sample("floor", nanos), sample("ours", nanos + 30)));
    }
    assertEquals(
        new Estimate(30, 30, 30), new Samples(List.of(rounds)).nanosBeyond("ours", "floor"));
  }

  @Test
  void total_severalForks_addsThemUp() {
    List<List<Sample>> rounds = List.of(List.of(sample("ours", 10)), List.of(sample("ours", 10)));
    Samples samples = new Samples(List.of(rounds)).and(new Samples(List.of(rounds)));
    assertEquals(new Samples.Total(16, 16, 1_600, 4 * 7), samples.total("ours"));
    assertEquals(4, samples.rounds());
  }

  @Test
  void fastest_variantsOfAFloor_goesByTheMedian() {
    List<List<Sample>> rounds =
        List.of(
            List.of(sample("whole", 10), sample("steps", 12)),
            List.of(sample("whole", 90), sample("steps", 12)),
            List.of(sample("whole", 90), sample("steps", 12)));
    assertEquals("steps", new Samples(List.of(rounds)).fastest(List.of("whole", "steps")));
  }

  @Test
  void ratio_contestantThatTookNoPart_isRefused() {
    Samples samples = new Samples(List.of(List.of(List.of(sample("ours", 1)))));
    assertThrows(IllegalArgumentException.class, () -> samples.ratio("ours", "theirs"));
  }

  private static double one(Sample sample) {
    return new Samples(List.of(List.of(List.of(sample)))).heapPerPage(sample.contestant()).median();
  }

  private static Sample sample(String label, long nanos) {
    return new Sample(label, 0, nanos, 7, 0, new Work(4, 4, 400));
  }
}
