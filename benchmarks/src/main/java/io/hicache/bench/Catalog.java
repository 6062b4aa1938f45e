package io.hicache.bench;

import io.hicache.bench.file.FileSuite;
import io.hicache.bench.hash.HashSuite;
import io.hicache.bench.pools.PoolsSuite;
import io.hicache.bench.resp.RespSuite;
import java.util.List;
import java.util.stream.Collectors;

/** The suites there are. */
public final class Catalog {
  private static final List<Suite> SUITES =
      List.of(new FileSuite(), new HashSuite(), new PoolsSuite(), new RespSuite());

  private Catalog() {}

  /** Returns every suite, in the order they run. */
  public static List<Suite> suites() {
    return SUITES;
  }

  /**
   * Finds a suite.
   *
   * @param name its name
   * @throws IllegalArgumentException if there is none; the message lists what there is
   */
  public static Suite suite(String name) {
    return SUITES.stream()
        .filter(suite -> suite.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "suite %s: must be one of %s"
                    .formatted(
                        name, SUITES.stream().map(Suite::name).collect(Collectors.joining(", ")))));
  }

  /**
   * Finds a cell.
   *
   * @param name its name, beginning with its suite's
   * @throws IllegalArgumentException if no cell can have that name
   */
  public static Cell cell(String name) {
    int dot = name.indexOf('.');
    return suite(dot < 0 ? name : name.substring(0, dot)).cell(name);
  }
}
