package io.hicache.bench.resp;

import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads a batch over several bare sockets at once, a thread each. */
final class RawSpread implements Entrant {
  private final List<RawRead> shares = new ArrayList<>();
  private final ExecutorService threads;

  RawSpread(RespWorkload workload, long window, int connections) throws IOException {
    for (int i = 0; i < connections; i++) {
      shares.add(new RawRead(workload, window, Summing.NONE, i, connections));
    }
    threads = Executors.newFixedThreadPool(connections);
  }

  @Override
  public void prepare(int turn) {
    shares.forEach(share -> share.prepare(turn));
  }

  @Override
  public void arm() {
    shares.forEach(RawRead::arm);
  }

  @Override
  public Work run() throws IOException {
    List<Future<Work>> running = new ArrayList<>();
    shares.forEach(share -> running.add(threads.submit(share::run)));
    int pages = 0;
    long bytes = 0;
    for (Future<Work> share : running) {
      Work done = end(share);
      pages += done.pages();
      bytes += done.amount();
    }
    return new Work(pages, pages, bytes);
  }

  private static Work end(Future<Work> share) throws IOException {
    try {
      return share.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException("a share failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void verify() {
    shares.forEach(RawRead::verify);
  }

  @Override
  public void tidy() {
    shares.forEach(RawRead::tidy);
  }

  @Override
  public void close() throws IOException {
    threads.shutdown();
    for (RawRead share : shares) {
      share.close();
    }
  }
}
