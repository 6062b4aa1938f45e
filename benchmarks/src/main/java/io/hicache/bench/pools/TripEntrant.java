package io.hicache.bench.pools;

import io.hicache.PageKey;
import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import java.io.IOException;
import java.util.List;

/** Takes a batch one way or the other. The trip is its own, the pool is not. */
final class TripEntrant implements Entrant {
  private final TripWorkload workload;
  private final CellPool pool;
  private final Trip trip;
  private final int batch;
  private List<PageKey> keys = List.of();

  TripEntrant(TripWorkload workload, CellPool pool, Trip trip) {
    this.workload = workload;
    this.pool = pool;
    this.trip = trip;
    this.batch = workload.cell().batch();
  }

  @Override
  public void prepare(int turn) {
    keys = workload.cell().write() ? workload.freshKeys() : workload.stored();
  }

  @Override
  public void arm() {
    for (int page = 0; page < batch; page++) {
      pool.spoil(batch + page);
    }
  }

  @Override
  public Work run() {
    int done = workload.cell().write() ? trip.set(keys, 0) : read();
    return new Work(batch, done, (long) done * CellPool.PAGE_BYTES);
  }

  @Override
  public void verify() {
    if (workload.cell().write()) {
      read();
    }
    for (int page = 0; page < batch; page++) {
      pool.check(page, batch + page);
    }
  }

  @Override
  public void tidy() throws IOException {
    if (workload.cell().write()) {
      workload.putStoreAway();
    }
  }

  @Override
  public void close() {
    trip.close();
  }

  private int read() {
    int done = trip.get(keys, batch);
    if (done != batch) {
      throw new IllegalStateException("%d of %d pages came back".formatted(done, batch));
    }
    return done;
  }
}
