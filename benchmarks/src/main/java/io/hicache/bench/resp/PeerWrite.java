package io.hicache.bench.resp;

import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import io.hicache.bench.file.PageMemory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Writes a batch by a peer, step by step, from arrays that pages are copied to. */
final class PeerWrite implements Entrant {
  private final RespWorkload workload;
  private final Peer peer;
  private final int step;
  private final int batch;
  private final List<byte[]> keys = new ArrayList<>();
  private int first;

  /**
   * Takes a peer over.
   *
   * @param step most pages of a step
   */
  PeerWrite(RespWorkload workload, Peer peer, int step) {
    this.workload = workload;
    this.peer = peer;
    this.batch = workload.cell().batch();
    this.step = Math.min(Math.abs(step), batch);
  }

  @Override
  public void prepare(int turn) {
    first = workload.memory().first(turn, batch);
    keys.clear();
    for (int i = 0; i < batch; i++) {
      keys.add(RawSocket.ascii(workload.freshKey().value()));
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
      List<byte[]> values = new ArrayList<>();
      for (int i = 0; i < some.size(); i++) {
        MemorySegment source =
            PageMemory.memory(workload.memory().source(first + from + i).getFirst());
        values.add(source.toArray(ValueLayout.JAVA_BYTE));
      }
      peer.setEach(some, values);
    }
    return new Work(batch, batch, (long) batch * workload.cell().pageBytes());
  }

  @Override
  public void verify() throws IOException {
    List<byte[]> values = peer.getTogether(keys);
    for (int i = 0; i < batch; i++) {
      MemorySegment source = PageMemory.memory(workload.memory().source(first + i).getFirst());
      if (source.mismatch(MemorySegment.ofArray(values.get(i))) >= 0) {
        throw new IllegalStateException("page " + i + " did not come back as it was written");
      }
    }
  }

  @Override
  public void tidy() throws IOException {
    workload.empty();
  }

  @Override
  public void close() {
    peer.close();
  }
}
