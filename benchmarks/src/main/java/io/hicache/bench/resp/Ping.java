package io.hicache.bench.resp;

import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import java.io.IOException;

/** One round trip on a bare socket: asks for a length. */
final class Ping implements Entrant {
  private final RawSocket socket;
  private String reply = "";

  Ping(RespWorkload workload) throws IOException {
    socket = new RawSocket(workload.port());
  }

  @Override
  public void prepare(int turn) {}

  @Override
  public void arm() {
    reply = "";
  }

  @Override
  public Work run() throws IOException {
    reply = socket.ask("STRLEN", "nothing");
    return new Work(1, 1, 1);
  }

  @Override
  public void verify() {
    if (!reply.equals(":0")) {
      throw new IllegalStateException("STRLEN: " + reply);
    }
  }

  @Override
  public void tidy() {}

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
