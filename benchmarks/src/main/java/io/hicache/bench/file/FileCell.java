package io.hicache.bench.file;

import static io.hicache.bench.file.FileContestant.BARE_RENAME_X1;
import static io.hicache.bench.file.FileContestant.BARE_RENAME_X4;
import static io.hicache.bench.file.FileContestant.BARE_X1;
import static io.hicache.bench.file.FileContestant.BARE_X1_TWIN;
import static io.hicache.bench.file.FileContestant.BARE_X4;
import static io.hicache.bench.file.FileContestant.BARE_X4_TWIN;
import static io.hicache.bench.file.FileContestant.CHECKED_STEPS_X1;
import static io.hicache.bench.file.FileContestant.CHECKED_STEPS_X4;
import static io.hicache.bench.file.FileContestant.CHECKED_X1;
import static io.hicache.bench.file.FileContestant.CHECKED_X4;
import static io.hicache.bench.file.FileContestant.OURS_LOOP_X1;
import static io.hicache.bench.file.FileContestant.OURS_OFF_X1;
import static io.hicache.bench.file.FileContestant.OURS_OFF_X4;
import static io.hicache.bench.file.FileContestant.OURS_X1;
import static io.hicache.bench.file.FileContestant.OURS_X4;

import io.hicache.bench.Cell;
import io.hicache.bench.Effort;
import io.hicache.bench.Figure;
import io.hicache.bench.Lineup;
import io.hicache.bench.Plan;
import io.hicache.bench.Unit;
import io.hicache.spi.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One size, batch and cut of pages, read or written.
 *
 * @param write whether pages are written rather than read
 * @param pageBytes a page's length
 * @param batch how many pages one call moves
 * @param parts how many parts a page is cut into
 */
record FileCell(boolean write, int pageBytes, int batch, int parts) implements Cell {
  private static final Pattern NAME =
      Pattern.compile("file\\.(read|write)\\.([0-9]+(?:KiB|MiB|B))\\.([0-9]+)\\.([0-9]+)");

  /** With {@code checksum=off}, of the bare floor. */
  private static final double BARE_TARGET = 0.90;

  /** With the default checksum, of the checked floor. */
  private static final double CHECKED_TARGET = 0.95;

  /** A call's heap per page of one part, and what each further part may add. */
  private static final int HEAP_TARGET = 2 << 10;

  private static final int HEAP_TARGET_PER_PART = 128;

  /**
   * Bytes that one JVM moves through each contestant, for whole runs to keep within their times.
   */
  private static final double FULL_BYTES = 800e6;

  private static final double QUICK_BYTES = 300e6;

  private static final Duration LONG_REHEARSAL = Duration.ofSeconds(3);

  private static final Duration SHORT_REHEARSAL = Duration.ofMillis(700);

  /** Pages that cost next to nothing but their calls. */
  private static final int REHEARSED_BYTES = 4 << 10;

  FileCell {
    if (pageBytes < 1 || pageBytes > 64 << 20 || batch < 1 || parts < 1 || parts > pageBytes) {
      throw new IllegalArgumentException(
          "cell of %d pages of %d bytes in %d parts: must be pages of 1 B to 64 MiB, one or more,"
                  .formatted(batch, pageBytes, parts)
              + " each of one to as many parts as it has bytes");
    }
  }

  static FileCell parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "cell %s: must be file.read or file.write, page size, batch and parts,".formatted(name)
              + " as in file.read.1MiB.64.160");
    }
    return new FileCell(
        matcher.group(1).equals("write"),
        Math.toIntExact(Units.bytes(matcher.group(2))),
        Integer.parseInt(matcher.group(3)),
        Integer.parseInt(matcher.group(4)));
  }

  @Override
  public String name() {
    return "file.%s.%s.%d.%d".formatted(write ? "write" : "read", size(), batch, parts);
  }

  @Override
  public Unit unit() {
    return Unit.BYTES;
  }

  @Override
  public List<FileContestant> contestants() {
    return Arrays.stream(FileContestant.values())
        .filter(each -> each.takesPart(write, pageBytes))
        .toList();
  }

  @Override
  public List<Figure> twins() {
    return List.of(
        Figure.reported(name() + ".twins.x1", BARE_X1_TWIN.label(), BARE_X1.label()),
        Figure.reported(name() + ".twins.x4", BARE_X4_TWIN.label(), BARE_X4.label()));
  }

  @Override
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(bare("off.x1", OURS_OFF_X1, BARE_X1));
    figures.add(bare("off.x4", OURS_OFF_X4, BARE_X4));
    figures.add(checked("default.x1", OURS_X1, CHECKED_X1, CHECKED_STEPS_X1));
    figures.add(checked("default.x4", OURS_X4, CHECKED_X4, CHECKED_STEPS_X4));
    figures.add(
        Figure.atMost(
            HEAP_TARGET + HEAP_TARGET_PER_PART * (parts - 1),
            name() + ".heap",
            labels(OURS_OFF_X1, OURS_OFF_X4, OURS_X1, OURS_X4)));
    figures.add(Figure.reported(name() + ".loop.x1", OURS_X1.label(), OURS_LOOP_X1.label()));
    figures.add(Figure.reported(name() + ".loop.x4", OURS_X4.label(), OURS_LOOP_X1.label()));
    if (write) {
      figures.add(renamed("rename.x1", OURS_OFF_X1, BARE_RENAME_X1));
      figures.add(renamed("rename.x4", OURS_OFF_X4, BARE_RENAME_X4));
    }
    return figures;
  }

  /** Small batches are cheap and noisy: they get more rounds. */
  @Override
  public Plan plan(Effort effort) {
    double bytes = (double) pageBytes * batch;
    return switch (effort) {
      case FULL ->
          new Plan(
              3,
              6,
              within(5, FULL_BYTES / 2 / bytes, 15),
              within(7, FULL_BYTES / bytes, 25),
              LONG_REHEARSAL);
      case QUICK ->
          new Plan(
              1,
              2,
              within(3, QUICK_BYTES / 2 / bytes, 15),
              within(5, QUICK_BYTES / bytes, 15),
              SHORT_REHEARSAL);
    };
  }

  @Override
  public Optional<Cell> rehearsal() {
    return Optional.of(new FileCell(write, Math.min(pageBytes, REHEARSED_BYTES), batch, parts));
  }

  @Override
  public Lineup open(Path directory) throws IOException {
    return Lineup.open(contestants(), FileWorkload.open(this, directory));
  }

  private String size() {
    if (pageBytes % (1 << 20) == 0) {
      return (pageBytes >> 20) + "MiB";
    }
    return pageBytes % (1 << 10) == 0 ? (pageBytes >> 10) + "KiB" : pageBytes + "B";
  }

  private Figure bare(String name, FileContestant ours, FileContestant floor) {
    return Figure.atLeast(BARE_TARGET, name() + "." + name, ours.label(), labels(floor));
  }

  private Figure checked(
      String name, FileContestant ours, FileContestant whole, FileContestant steps) {
    List<String> floors = steps.takesPart(write, pageBytes) ? labels(whole, steps) : labels(whole);
    return Figure.atLeast(CHECKED_TARGET, name() + "." + name, ours.label(), floors);
  }

  private Figure renamed(String name, FileContestant ours, FileContestant floor) {
    return Figure.reported(name() + "." + name, ours.label(), floor.label());
  }

  private static List<String> labels(FileContestant... contestants) {
    return Arrays.stream(contestants).map(FileContestant::label).toList();
  }

  private static int within(int least, double wanted, int most) {
    return Math.clamp((long) wanted, least, most);
  }
}
