package io.hicache.bench.resp;

import static io.hicache.bench.resp.RespCell.labels;
import static io.hicache.bench.resp.RespContestant.GLIDE_8M;
import static io.hicache.bench.resp.RespContestant.GLIDE_EACH;
import static io.hicache.bench.resp.RespContestant.JEDIS_8M;
import static io.hicache.bench.resp.RespContestant.JEDIS_EACH;
import static io.hicache.bench.resp.RespContestant.LETTUCE_8M;
import static io.hicache.bench.resp.RespContestant.LETTUCE_EACH;
import static io.hicache.bench.resp.RespContestant.LETTUCE_MGET;
import static io.hicache.bench.resp.RespContestant.OURS;
import static io.hicache.bench.resp.RespContestant.OURS_OFF;
import static io.hicache.bench.resp.RespContestant.VALKEY_JAVA_8M;
import static io.hicache.bench.resp.RespContestant.VALKEY_JAVA_EACH;

import io.hicache.bench.Figure;
import io.hicache.bench.Measure;
import io.hicache.bench.stats.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many times as fast as each peer's best variant the backend is to be, where all move the same
 * work: without checksums, which no peer has. The default is reported beside it.
 */
final class PeerTargets {
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;
  private static final Map<Integer, Double> JEDIS_READS = Map.of(MIB, 1.9, 4 * MIB, 2.0);
  private static final Map<Integer, Double> LETTUCE_READS = Map.of(MIB, 1.9, 4 * MIB, 2.1);
  private static final Map<Integer, Double> LETTUCE_MGET_READS = Map.of(MIB, 2.0, 4 * MIB, 4.0);
  private static final Map<Integer, Double> GLIDE_READS =
      Map.of(64 * KIB, 2.6, 256 * KIB, 2.2, MIB, 3.2, 4 * MIB, 4.2);
  private static final Map<Integer, Double> GLIDE_WRITES =
      Map.of(64 * KIB, 2.3, 256 * KIB, 3.2, MIB, 3.2, 4 * MIB, 4.0);

  private PeerTargets() {}

  static List<Figure> figures(RespCell cell) {
    List<String> lettuce = labels(LETTUCE_8M, LETTUCE_EACH);
    List<String> jedis = labels(JEDIS_8M, JEDIS_EACH);
    List<String> valkeyJava = labels(VALKEY_JAVA_8M, VALKEY_JAVA_EACH);
    List<String> glide = labels(GLIDE_8M, GLIDE_EACH);
    List<Figure> figures = new ArrayList<>();
    if (cell.write()) {
      figures.addAll(both(cell, "lettuce", lettuce, Map.of()));
      figures.addAll(both(cell, "jedis", jedis, Map.of()));
      figures.addAll(both(cell, "valkey-java", valkeyJava, Map.of()));
      figures.addAll(both(cell, "glide", glide, GLIDE_WRITES));
      return figures;
    }
    figures.addAll(both(cell, "lettuce", lettuce, LETTUCE_READS));
    figures.addAll(both(cell, "lettuce-mget", labels(LETTUCE_MGET), LETTUCE_MGET_READS));
    figures.addAll(both(cell, "jedis", jedis, JEDIS_READS));
    figures.addAll(both(cell, "valkey-java", valkeyJava, JEDIS_READS));
    figures.addAll(both(cell, "glide", glide, GLIDE_READS));
    return figures;
  }

  private static List<Figure> both(
      RespCell cell, String peer, List<String> variants, Map<Integer, Double> targets) {
    String name = cell.name() + "." + peer;
    Optional<Target> target =
        Optional.ofNullable(targets.get(cell.pageBytes())).map(Target::atLeast);
    return List.of(
        new Figure(name, new Measure.Ratio(OURS_OFF.label(), variants), target),
        new Figure(name + ".default", new Measure.Ratio(OURS.label(), variants), Optional.empty()));
  }
}
