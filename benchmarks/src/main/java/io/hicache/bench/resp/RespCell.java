package io.hicache.bench.resp;

import static io.hicache.bench.resp.RespContestant.BARE_4M;
import static io.hicache.bench.resp.RespContestant.BARE_8M;
import static io.hicache.bench.resp.RespContestant.BARE_8M_TWIN;
import static io.hicache.bench.resp.RespContestant.BARE_ALL;
import static io.hicache.bench.resp.RespContestant.BARE_EACH;
import static io.hicache.bench.resp.RespContestant.BARE_EACH_TWIN;
import static io.hicache.bench.resp.RespContestant.CHECKED_8M;
import static io.hicache.bench.resp.RespContestant.CHECKED_ALL;
import static io.hicache.bench.resp.RespContestant.CHECKED_EACH;
import static io.hicache.bench.resp.RespContestant.CHECKED_STEPS_8M;
import static io.hicache.bench.resp.RespContestant.OURS;
import static io.hicache.bench.resp.RespContestant.OURS_OFF;
import static io.hicache.bench.resp.RespContestant.OURS_OVERWRITE;
import static io.hicache.bench.resp.RespContestant.OURS_TWIN;
import static io.hicache.bench.resp.RespContestant.PING;
import static io.hicache.bench.resp.RespContestant.PING_TWIN;

import io.hicache.bench.Cell;
import io.hicache.bench.Effort;
import io.hicache.bench.Figure;
import io.hicache.bench.Lineup;
import io.hicache.bench.Measure;
import io.hicache.bench.Plan;
import io.hicache.bench.Unit;
import io.hicache.spi.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One server, size and batch of pages, read or written.
 *
 * @param server where pages are
 * @param write whether they are written rather than read
 * @param pageBytes a page's length
 * @param batch how many pages one call moves
 * @param beside what the backend is measured beside
 */
record RespCell(ServerProgram server, boolean write, int pageBytes, int batch, Beside beside)
    implements Cell {
  private static final Pattern NAME =
      Pattern.compile(
          "resp\\.(redis|valkey)\\.(read|write)\\.([0-9]+(?:KiB|MiB|B))\\.([0-9]+)(\\.peers|\\.far)?");

  /** What the backend is measured beside. */
  enum Beside {
    /** Bare sockets. */
    FLOORS(""),
    /** Other clients. */
    PEERS(".peers"),
    /** Bare sockets, the server being 10 ms away. */
    FAR(".far");

    private final String suffix;

    Beside(String suffix) {
      this.suffix = suffix;
    }

    static Beside of(@Nullable String suffix) {
      return suffix == null ? FLOORS : valueOf(suffix.substring(1).toUpperCase(Locale.ROOT));
    }
  }

  /** Of the floors. */
  private static final double FLOOR_TARGET = 0.95;

  private static final double CPU_TARGET = 1.10;

  private static final int HEAP_TARGET = 2 << 10;

  /** The batch that the floors' targets are for. */
  private static final int JUDGED_BATCH = 64;

  private static final int STEP = 8 << 20;

  /** Bytes that one JVM moves through each contestant. */
  private static final double FULL_BYTES = 2e9;

  private static final double QUICK_BYTES = 300e6;

  private static final int MOST_PAGES = 8_000;

  RespCell {
    if (pageBytes < 1 || pageBytes > 64 << 20 || batch < 1) {
      throw new IllegalArgumentException(
          "cell of %d pages of %d bytes: must be one page or more, each of 1 B to 64 MiB"
              .formatted(batch, pageBytes));
    }
  }

  static RespCell parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "cell %s: must be resp.redis or resp.valkey, read or write, page size, batch and, in"
                  .formatted(name)
              + " place of floors, peers or far, as in resp.redis.read.1MiB.64.peers");
    }
    return new RespCell(
        ServerProgram.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
        matcher.group(2).equals("write"),
        Math.toIntExact(Units.bytes(matcher.group(3))),
        Integer.parseInt(matcher.group(4)),
        Beside.of(matcher.group(5)));
  }

  @Override
  public String name() {
    return "resp.%s.%s.%s.%d%s"
        .formatted(
            server.backend(),
            write ? "write" : "read",
            Units.ofBytes(pageBytes),
            batch,
            beside.suffix);
  }

  @Override
  public Unit unit() {
    return Unit.BYTES;
  }

  @Override
  public List<RespContestant> contestants() {
    return Arrays.stream(RespContestant.values()).filter(each -> each.takesPart(this)).toList();
  }

  @Override
  public List<Figure> twins() {
    return List.of(
        switch (beside) {
          case PEERS -> twins(OURS_TWIN, OURS);
          case FAR -> twins(PING_TWIN, PING);
          case FLOORS -> write ? twins(BARE_EACH_TWIN, BARE_EACH) : twins(BARE_8M_TWIN, BARE_8M);
        });
  }

  private Figure twins(RespContestant twin, RespContestant of) {
    return Figure.reported(name() + ".twins", twin.label(), of.label());
  }

  @Override
  public List<Figure> figures() {
    return switch (beside) {
      case FLOORS -> besideFloors();
      case PEERS -> PeerTargets.figures(this);
      case FAR -> FarTargets.figures(this);
    };
  }

  private List<Figure> besideFloors() {
    List<String> bare = write ? labels(BARE_EACH, BARE_ALL) : labels(BARE_8M, BARE_4M);
    List<String> checked = write ? labels(CHECKED_EACH, CHECKED_ALL) : checkedReads();
    List<Figure> figures = new ArrayList<>();
    figures.add(ratio("off", OURS_OFF, bare));
    figures.add(ratio("default", OURS, checked));
    if (batch == JUDGED_BATCH) {
      figures.add(
          Figure.atMost(
              CPU_TARGET, name() + ".off.cpu", new Measure.Processor(OURS_OFF.label(), bare)));
      figures.add(
          Figure.atMost(
              CPU_TARGET, name() + ".default.cpu", new Measure.Processor(OURS.label(), checked)));
      figures.add(Figure.atMost(HEAP_TARGET, name() + ".heap", labels(OURS_OFF, OURS)));
    }
    if (write) {
      figures.add(Figure.reported(name() + ".asking", OURS.label(), OURS_OVERWRITE.label()));
    }
    return figures;
  }

  private Figure ratio(String what, RespContestant ours, List<String> floors) {
    String figure = name() + "." + what;
    return batch == JUDGED_BATCH
        ? Figure.atLeast(FLOOR_TARGET, figure, ours.label(), floors)
        : Figure.reported(figure, ours.label(), floors.getFirst());
  }

  private List<String> checkedReads() {
    return CHECKED_STEPS_8M.takesPart(this)
        ? labels(CHECKED_8M, CHECKED_STEPS_8M)
        : labels(CHECKED_8M);
  }

  static List<String> labels(RespContestant... contestants) {
    return Arrays.stream(contestants).map(RespContestant::label).toList();
  }

  /** Returns how many pages make 8 MiB, at least one. */
  int in8MiB() {
    return Math.max(1, STEP / pageBytes);
  }

  /** Small batches are cheap, noisy, and run while much of the code is not compiled yet. */
  @Override
  public Plan plan(Effort effort) {
    double bytes = (double) pageBytes * batch;
    int most =
        switch (beside) {
          case FLOORS -> MOST_PAGES / batch;
          case PEERS -> 15;
          case FAR -> 10;
        };
    return switch (effort) {
      case FULL ->
          new Plan(2, 5, rounds(3, FULL_BYTES / bytes, most), rounds(5, FULL_BYTES / bytes, most));
      case QUICK ->
          new Plan(
              1, 1, rounds(2, QUICK_BYTES / bytes, most), rounds(3, QUICK_BYTES / bytes, most));
    };
  }

  /** Peers hold the batch on the heap more than once. */
  @Override
  public String heap() {
    return beside == Beside.PEERS ? "4g" : "1g";
  }

  @Override
  public Lineup open(Path directory) throws IOException {
    return Lineup.open(contestants(), RespWorkload.open(this, directory));
  }

  private static int rounds(int least, double wanted, int most) {
    return Math.clamp((long) wanted, least, most);
  }
}
