package io.hicache.bench.hash;

import io.hicache.bench.Cell;
import io.hicache.bench.Effort;
import io.hicache.bench.Figure;
import io.hicache.bench.Lineup;
import io.hicache.bench.Plan;
import io.hicache.bench.Unit;
import java.io.IOException;
import java.nio.file.Path;
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

  /** The hasher's digests, of the bare ones. */
  private static final double DIGESTS_TARGET = 0.90;

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
    List<String> floor = List.of(HashContestant.DIGEST.label());
    return List.of(
        Figure.atLeast(
            DIGESTS_TARGET, name() + ".digests", HashContestant.OURS_DIGESTS.label(), floor),
        Figure.atLeast(keysTarget(), name() + ".keys", HashContestant.OURS_KEYS.label(), floor),
        Figure.reported(
            name() + ".keys.hex",
            HashContestant.OURS_KEYS.label(),
            HashContestant.DIGEST_HEX.label()));
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

  /**
   * What SGLang 0.5.23's native hash reaches on the path its servers take, as a part of the bare
   * MessageDigest measured beside it: 150 of 211 M tokens/s at 64 tokens per page, 80 of 118 at 16,
   * 7.2 of 12.7 at 1 (one thread of a Zen 3 with SHA-NI; see docs/benchmarks). A page size between
   * takes the target of the next smaller one.
   */
  private double keysTarget() {
    if (pageTokens >= 64) {
      return 150 / 211.0;
    }
    return pageTokens >= 16 ? 80 / 118.0 : 7.2 / 12.7;
  }
}
