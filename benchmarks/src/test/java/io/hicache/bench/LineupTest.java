package io.hicache.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LineupTest {
  private final Journal journal = new Journal();

  @Test
  void round_severalContestants_runsEachOnceInRandomOrder() throws IOException {
    Set<List<String>> orders = new HashSet<>();
    try (Lineup lineup = Lineup.open(List.of(named("a"), named("b"), named("c")), journal)) {
      for (int i = 0; i < 100; i++) {
        List<String> order = lineup.round().stream().map(Sample::contestant).toList();
        assertEquals(Set.of("a", "b", "c"), new HashSet<>(order));
        orders.add(order);
      }
    }
    assertEquals(6, orders.size(), "all orders of three come up in a hundred rounds");
  }

  @Test
  void round_consecutiveTurns_getNumbersOfTheirOwn() throws IOException {
    try (Lineup lineup = Lineup.open(List.of(named("a"), named("b")), journal)) {
      lineup.round();
      lineup.round();
    }
    assertEquals(List.of(0, 1, 2, 3), journal.turns);
  }

  @Test
  void round_first_armsBeforeAndVerifiesAfterTheRun() throws IOException {
    try (Lineup lineup = Lineup.open(List.of(named("a")), journal)) {
      lineup.round();
      lineup.round();
    }
    assertEquals(
        List.of(
            "prepare a",
            "arm a",
            "run a",
            "verify a",
            "tidy a",
            "prepare a",
            "run a",
            "tidy a",
            "close a",
            "close workload"),
        journal.lines);
  }

  @Test
  void round_aContestantThatAllocates_countsItsHeapAndTime() throws IOException {
    Script allocating = new Script("a");
    allocating.allocated = 10_000_000;
    try (Lineup lineup = Lineup.open(List.of(allocating), journal)) {
      Sample sample = lineup.round().getFirst();
      assertTrue(sample.heapBytes() >= 10_000_000, sample::toString);
      assertTrue(sample.heapBytes() < 11_000_000, sample::toString);
      assertTrue(sample.nanos() > 0 && sample.cpuNanos() > 0, sample::toString);
    }
  }

  @Test
  void round_aReadThatDiffers_fails() throws IOException {
    Script differing = new Script("a");
    differing.differs = true;
    try (Lineup lineup = Lineup.open(List.of(differing), journal)) {
      IllegalStateException e = assertThrows(IllegalStateException.class, lineup::round);
      assertEquals("contestant a failed: page 0: differs", e.getMessage());
    }
  }

  @Test
  void round_nothingDone_fails() throws IOException {
    Script idle = new Script("a");
    idle.done = 0;
    try (Lineup lineup = Lineup.open(List.of(idle), journal)) {
      IllegalStateException e = assertThrows(IllegalStateException.class, lineup::round);
      assertEquals("contestant a failed: none of 4 pages was done", e.getMessage());
    }
  }

  @Test
  void open_oneContestantNotAvailable_failsByNameAndClosesTheOthers() {
    Script missing = new Script("b");
    missing.available = false;
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> Lineup.open(List.of(named("a"), missing, named("c")), journal));
    assertEquals("contestant b is not available: no such library", e.getMessage());
    assertEquals(List.of("close a", "close workload"), journal.lines);
  }

  @Test
  void close_aContestantThatCannotBeClosed_closesTheOthersAndFails() throws IOException {
    Script stuck = new Script("b");
    stuck.closes = false;
    Lineup lineup = Lineup.open(List.of(named("a"), stuck, named("c")), journal);
    assertThrows(IOException.class, lineup::close);
    assertEquals(List.of("close c", "close b", "close a", "close workload"), journal.lines);
    lineup.close();
    assertEquals(4, journal.lines.size());
  }

  private static Script named(String label) {
    return new Script(label);
  }

  /** What happened, in order. */
  private static final class Journal implements Closeable {
    final List<String> lines = new ArrayList<>();
    final List<Integer> turns = new ArrayList<>();

    @Override
    public void close() {
      lines.add("close workload");
    }
  }

  /** A contestant that does as told. */
  private static final class Script implements Contestant<Journal> {
    private final String label;
    boolean available = true;
    boolean closes = true;
    boolean differs;
    int done = 4;
    int allocated;

    Script(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }

    @Override
    public Kind kind() {
      return Kind.OURS;
    }

    @Override
    public Entrant open(Journal journal) throws IOException {
      if (!available) {
        throw new IOException("no such library");
      }
      return new Scripted(this, journal);
    }
  }

  private static final class Scripted implements Entrant {
    private final Script script;
    private final Journal journal;
    private byte[] garbage = {};

    Scripted(Script script, Journal journal) {
      this.script = script;
      this.journal = journal;
    }

    @Override
    public void prepare(int turn) {
      journal.turns.add(turn);
      note("prepare");
    }

    @Override
    public void arm() {
      note("arm");
    }

    @Override
    public Work run() {
      note("run");
      garbage = new byte[script.allocated];
      return new Work(4, script.done, script.done * 100L + garbage.length * 0L);
    }

    @Override
    public void verify() {
      note("verify");
      if (script.differs) {
        throw new IllegalStateException("page 0: differs");
      }
    }

    @Override
    public void tidy() {
      note("tidy");
    }

    @Override
    public void close() throws IOException {
      note("close");
      if (!script.closes) {
        throw new IOException("stuck");
      }
    }

    private void note(String what) {
      journal.lines.add(what + " " + script.label);
    }
  }
}
