package io.hicache.bench.hash;

import io.hicache.bench.Cell;
import io.hicache.bench.Effort;
import io.hicache.bench.Figure;
import io.hicache.bench.Lineup;
import io.hicache.bench.Plan;
import io.hicache.bench.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One page size.
 *
 * @param pageTokens how many tokens a page covers
 */
record HashCell(int pageTokens) implements Cell {
  private static final Pattern NAME = Pattern.compile("hash\\.([1-9][0-9]{0,4})");

  static HashCell parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "cell " + name + ": must be hash and a page's tokens, 1 to 99999, as in hash.64");
    }
    return new HashCell(Integer.parseInt(matcher.group(1)));
  }

  @Override
  public String name() {
    return "hash." + pageTokens;
  }

  @Override
  public Unit unit() {
    return Unit.TOKENS;
  }

  @Override
  public List<HashContestant> contestants() {
    return List.of(HashContestant.values());
  }

  @Override
  public List<Figure> twins() {
    return List.of(
        Figure.reported(
            name() + ".twins", HashContestant.DIGEST_TWIN.label(), HashContestant.DIGEST.label()));
  }

  @Override
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        Figure.reported(
            name() + ".hex", HashContestant.DIGEST_HEX.label(), HashContestant.DIGEST.label()));
    return figures;
  }

  @Override
  public Plan plan(Effort effort) {
    return switch (effort) {
      case FULL -> new Plan(3, 6, 60, 100);
      case QUICK -> new Plan(1, 2, 40, 40);
    };
  }

  @Override
  public Lineup open(Path directory) throws IOException {
    return Lineup.open(contestants(), new HashWorkload(pageTokens));
  }
}
