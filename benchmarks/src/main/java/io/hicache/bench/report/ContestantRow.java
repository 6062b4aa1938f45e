package io.hicache.bench.report;

import io.hicache.bench.Contestant;
import io.hicache.bench.Samples;
import io.hicache.bench.Unit;

/**
 * What one contestant did in a cell.
 *
 * @param label its name
 * @param kind what it stands for, in lower case
 * @param rate the median of its rounds, in the cell's rate
 * @param heapPerPage the median of the heap bytes allocated per page
 * @param cpu processor time of all threads per amount, over all rounds
 * @param pages how many pages it was asked for
 * @param done how many it did
 */
public record ContestantRow(
    String label,
    Contestant.Kind kind,
    double rate,
    double heapPerPage,
    double cpu,
    long pages,
    long done) {

  static ContestantRow of(Contestant<?> contestant, Unit unit, Samples samples) {
    String label = contestant.label();
    Samples.Total total = samples.total(label);
    return new ContestantRow(
        label,
        contestant.kind(),
        unit.rate(samples.speed(label).median()),
        samples.heapPerPage(label).median(),
        unit.cpu(total.amount(), total.cpuNanos()),
        total.pages(),
        total.done());
  }
}
