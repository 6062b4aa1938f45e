package io.hicache.bench;

import io.hicache.bench.report.CellReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * What JMH runs: one invocation is one round of a cell's contestants.
 *
 * <p>The score that JMH prints is therefore the length of a whole round, housekeeping included; it
 * is good for watching and for nothing else. What each contestant did is printed at the end of each
 * fork, or written to the file that {@value #SAMPLES} names, where {@link Suites} finds it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:MaxDirectMemorySize=8g"})
@Warmup(iterations = 5)
@Measurement(iterations = 20)
public class Rounds {
  /** Property: the file to write the samples to. */
  static final String SAMPLES = "hicache.bench.samples";

  /**
   * Property: a directory for what cells store, which somebody else removes. If it is not set, a
   * trial has one of its own among the temporary files.
   */
  static final String DIRECTORY = "hicache.bench.dir";

  /** Property: how many milliseconds a cell is rehearsed; 3,000 if it is not set. */
  static final String REHEARSAL = "hicache.bench.rehearsal";

  private static final int USUAL_REHEARSAL = 3_000;

  /** The cell to run, by {@link Catalog#cell}. */
  @Param({"file.read.1MiB.64.1", "file.write.1MiB.64.1", "hash.64"})
  public String cell;

  private Cell running;
  private Lineup lineup;
  private @Nullable Scratch scratch;
  private boolean counting;
  private final List<List<Sample>> rounds = new ArrayList<>();

  /** Opens every contestant of the cell. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    running = Catalog.cell(cell);
    String given = System.getProperty(DIRECTORY);
    if (given == null) {
      scratch = new Scratch(Path.of(System.getProperty("java.io.tmpdir")));
    }
    Path directory = scratch == null ? Path.of(given) : scratch.directory();
    if (running.rehearsal().isPresent()) {
      rehearse(running.rehearsal().get(), directory);
    }
    lineup = running.open(directory);
  }

  private static void rehearse(Cell cell, Path directory) throws IOException {
    long millis = Integer.getInteger(REHEARSAL, USUAL_REHEARSAL);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try (Lineup lineup = cell.open(directory)) {
      while (System.nanoTime() < end) {
        lineup.round();
      }
    }
  }

  /** Learns whether the next round counts. */
  @Setup(Level.Iteration)
  public void beginRound(IterationParams params) {
    counting = params.getType() == IterationType.MEASUREMENT;
  }

  /** Runs one round. A round that fails is the last, and cleans up itself. */
  @Benchmark
  public List<Sample> round(Counters counters) throws IOException {
    boolean whole = false;
    try {
      List<Sample> samples = lineup.round();
      samples.forEach(counters::count);
      if (counting) {
        rounds.add(samples);
      }
      whole = true;
      return samples;
    } finally {
      if (!whole) {
        closeAll();
      }
    }
  }

  /** Closes the contestants and hands over what they did. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    closeAll();
    String file = System.getProperty(SAMPLES);
    if (file != null) {
      SampleFile.write(Path.of(file), rounds);
    } else if (!rounds.isEmpty()) {
      System.out.println();
      System.out.print(CellReport.of(running, new Samples(List.of(rounds))).text());
    }
  }

  private void closeAll() throws IOException {
    try {
      lineup.close();
    } finally {
      if (scratch != null) {
        scratch.close();
      }
    }
  }

  /** What all contestants of a round did together, beside JMH's score. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Counters {
    /** Bytes or tokens. */
    public long amount;

    /** Pages asked for. */
    public long pages;

    /** Pages read, written or hashed. */
    public long hits;

    void count(Sample sample) {
      amount += sample.work().amount();
      pages += sample.work().pages();
      hits += sample.work().done();
    }
  }
}
