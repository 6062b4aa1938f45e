package io.hicache.bench.resp;

import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import io.hicache.bench.file.PageMemory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Reads a batch by a peer, step by step, and copies its arrays to where the pages belong. */
final class PeerRead implements Entrant {
  private final RespWorkload workload;
  private final Peer peer;
  private final int step;
  private final boolean together;
  private final int batch;
  private final List<byte[]> keys = new ArrayList<>();
  private int first;

  /**
   * Takes a peer over.
   *
   * @param step most keys of a step; negative for as many in a command each
   */
  PeerRead(RespWorkload workload, Peer peer, int step) {
    this.workload = workload;
    this.peer = peer;
    this.batch = workload.cell().batch();
    this.step = Math.min(Math.abs(step), batch);
    this.together = step > 0;
  }

  @Override
  public void prepare(int turn) {
    first = workload.memory().first(turn, batch);
    keys.clear();
    for (int i = 0; i < batch; i++) {
      keys.add(RawSocket.ascii(workload.rawKey(first + i)));
    }
  }

  @Override
  public void arm() {
    for (int i = 0; i < batch; i++) {
      workload.memory().spoilTarget(first + i);
    }
  }

  @Override
  public Work run() throws IOException {
    for (int from = 0; from < batch; from += step) {
      List<byte[]> some = keys.subList(from, Math.min(batch, from + step));
      List<byte[]> values = together ? peer.getTogether(some) : peer.getEach(some);
      for (int i = 0; i < values.size(); i++) {
        MemorySegment target =
            PageMemory.memory(workload.memory().target(first + from + i).getFirst());
        MemorySegment.copy(
            values.get(i), 0, target, ValueLayout.JAVA_BYTE, 0, (int) target.byteSize());
      }
    }
    return new Work(batch, batch, (long) batch * workload.cell().pageBytes());
  }

  @Override
  public void verify() {
    for (int i = 0; i < batch; i++) {
      workload.memory().checkTarget(first + i);
    }
  }

  @Override
  public void tidy() {}

  @Override
  public void close() {
    peer.close();
  }
}
