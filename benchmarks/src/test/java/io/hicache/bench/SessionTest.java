package io.hicache.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run makes of its rounds, with rounds that are given rather than measured. */
class SessionTest {
  @TempDir private Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int forks;

  @Test
  void run_medianMeetsTheTarget_isOkAfterThePlannedForks() throws Exception {
    assertEquals("two.ratio\t0.950\t>=0.90\tok", closing(0.95, 0.95, 0.95));
    assertEquals(2, forks);
  }

  @Test
  void run_wholeIntervalBelow_isShortAfterThePlannedForks() throws Exception {
    assertEquals("two.ratio\t0.800\t>=0.90\tshort", closing(0.80, 0.80, 0.80));
    assertEquals(2, forks);
  }

  @Test
  void run_intervalReachesTheTarget_runsMoreForksUpToTheLimit() throws Exception {
    String line = closing(0.80, 0.89, 0.95);
    assertEquals(5, forks);
    assertEquals("two.ratio\t0.890\t>=0.90\tok", line);
    assertTrue(printed().contains("ok, within the noise"), printed());
  }

  @Test
  void plan_undecidedAfterTheBudget_wantsNoMore() {
    Plan plan = new Plan(2, 5, 0, 3);
    assertTrue(plan.wantsMore(1, false, false), "the planned forks run whatever the time");
    assertTrue(plan.wantsMore(2, true, true));
    assertFalse(plan.wantsMore(2, true, false));
    assertFalse(plan.wantsMore(2, false, true));
    assertFalse(plan.wantsMore(5, true, true));
  }

  @Test
  void run_anyEnd_printsTheCellAndClosesWithTheFigures() throws Exception {
    String last = closing(0.95, 0.95, 0.95);
    assertTrue(printed().startsWith("two: 2 JVMs, 6 rounds; twins 1.000 [1.000, 1.000]\n"));
    assertTrue(printed().contains("  ours  "), printed());
    assertTrue(printed().endsWith("\n" + last + "\n"), printed());
  }

  @Test
  void run_severalCells_takesOneForkOfEachPerPassAndMoreOfTheUndecided() throws Exception {
    List<String> ran = new ArrayList<>();
    Suite suite = new Cells(List.of(new Two("a"), new Two("b")));
    session(
            suite,
            (cell, plan) -> {
              ran.add(cell.name());
              return cell.name().equals("a") ? given(0.80, 0.89, 0.95) : given(0.95);
            })
        .run();
    assertEquals(List.of("a", "b", "a", "b", "a", "a", "a"), ran);
  }

  /** Every fork has three rounds of these ratios. */
  private String closing(double... ratios) throws IOException, CellFailure {
    Session.Forks given =
        (cell, plan) -> {
          forks++;
          return given(ratios);
        };
    return session(new Cells(List.of(new Two("two"))), given).run().closingLines().getLast();
  }

  private Session session(Suite suite, Session.Forks given) {
    return new Session(
        new Arguments(List.of(suite), Effort.FULL, Optional.empty(), Optional.empty(), directory),
        given,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Samples given(double... ratios) {
    List<List<Sample>> rounds = new ArrayList<>();
    for (double ratio : ratios) {
      rounds.add(
          List.of(
              new Sample("floor", 0, 1_000_000, 1, 400, new Work(4, 4, 1 << 20)),
              new Sample(
                  "ours", 1, Math.round(1_000_000 / ratio), 1, 400, new Work(4, 4, 1 << 20))));
    }
    return new Samples(List.of(rounds));
  }

  private record Cells(List<Cell> all) implements Suite {
    @Override
    public String name() {
      return "given";
    }

    @Override
    public List<Cell> cells(Effort effort) {
      return all;
    }

    @Override
    public Cell cell(String name) {
      throw new IllegalStateException("the rounds are given");
    }
  }

  /** A cell of two contestants. */
  private record Two(String name) implements Cell {
    @Override
    public Unit unit() {
      return Unit.BYTES;
    }

    @Override
    public List<Named> contestants() {
      return List.of(new Named("floor"), new Named("ours"));
    }

    @Override
    public List<Figure> twins() {
      return List.of(Figure.reported(name + ".twins", "floor", "floor"));
    }

    @Override
    public List<Figure> figures() {
      return List.of(Figure.atLeast(0.90, name + ".ratio", "ours", List.of("floor")));
    }

    @Override
    public Plan plan(Effort effort) {
      return new Plan(2, 5, 0, 3);
    }

    @Override
    public Lineup open(Path directory) {
      throw new IllegalStateException("the rounds are given");
    }
  }

  private record Named(String label) implements Contestant<Path> {
    @Override
    public Kind kind() {
      return Kind.FLOOR;
    }

    @Override
    public Entrant open(Path workload) {
      throw new IllegalStateException("the rounds are given");
    }
  }
}
