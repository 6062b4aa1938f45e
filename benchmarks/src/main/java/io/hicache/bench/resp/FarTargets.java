package io.hicache.bench.resp;

import static io.hicache.bench.resp.RespCell.labels;
import static io.hicache.bench.resp.RespContestant.BARE_X1;
import static io.hicache.bench.resp.RespContestant.BARE_X2;
import static io.hicache.bench.resp.RespContestant.BARE_X4;
import static io.hicache.bench.resp.RespContestant.OURS;
import static io.hicache.bench.resp.RespContestant.OURS_LOOP;
import static io.hicache.bench.resp.RespContestant.OURS_OFF;
import static io.hicache.bench.resp.RespContestant.OURS_PRESENT;
import static io.hicache.bench.resp.RespContestant.PING;

import io.hicache.bench.Figure;
import io.hicache.bench.Measure;
import java.util.ArrayList;
import java.util.List;

/** What a server that is 10 ms away is to cost: round trips, and what bare sockets reach. */
final class FarTargets {
  private static final double SMALL_BATCH_TRIPS = 1.15;
  private static final double PRESENCE_TRIPS = 2;
  private static final double FLOOR = 0.90;

  private FarTargets() {}

  static List<Figure> figures(RespCell cell) {
    String name = cell.name();
    List<Figure> figures = new ArrayList<>();
    if (OURS_LOOP.takesPart(cell)) {
      figures.add(Figure.atMost(SMALL_BATCH_TRIPS, name + ".trips", trips(OURS)));
      figures.add(Figure.reported(name + ".loop", OURS.label(), OURS_LOOP.label()));
    }
    if (OURS_PRESENT.takesPart(cell)) {
      figures.add(Figure.atMost(PRESENCE_TRIPS, name + ".present.trips", trips(OURS_PRESENT)));
    }
    if (BARE_X1.takesPart(cell)) {
      List<String> floors = labels(BARE_X1, BARE_X2, BARE_X4);
      figures.add(Figure.atLeast(FLOOR, name + ".off", OURS_OFF.label(), floors));
      figures.add(Figure.reported(name + ".x4", BARE_X4.label(), BARE_X1.label()));
    }
    return figures;
  }

  private static Measure trips(RespContestant of) {
    return new Measure.Times(of.label(), PING.label());
  }
}
