package io.hicache.bench.resp;

import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import io.hicache.bench.file.PageMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Writes a batch over a bare socket: SETs by gathering writes, one per page or as many buffers as
 * the system takes at once; then the replies.
 */
final class RawWrite implements Entrant {
  private static final int MAX_BUFFERS = 1024;
  private static final byte[] OK = RawSocket.ascii("+OK\r\n");

  private final RespWorkload workload;
  private final RawSocket socket;
  private final Summing summing;
  private final boolean each;
  private final int batch;
  private final String[] keys;
  private final ByteBuffer[] row;
  private final CRC32C checksum = new CRC32C();
  private int page;

  /**
   * Opens the socket.
   *
   * @param each whether a page is written by itself
   */
  RawWrite(RespWorkload workload, boolean each, Summing summing) throws IOException {
    this.workload = workload;
    this.summing = summing;
    this.each = each;
    this.batch = workload.cell().batch();
    this.keys = new String[batch];
    this.row = new ByteBuffer[2 * batch + 1];
    for (int i = 0; i <= batch; i++) {
      row[2 * i] = ByteBuffer.allocateDirect(256);
    }
    this.socket = new RawSocket(workload.port());
  }

  @Override
  public void prepare(int turn) {
    page = workload.memory().first(turn, batch);
    for (int i = 0; i < batch; i++) {
      keys[i] = workload.freshKey().value();
      row[2 * i].clear();
      if (i > 0) {
        row[2 * i].put((byte) '\r').put((byte) '\n');
      }
      row[2 * i].put(RawSocket.headOfSet(keys[i], workload.cell().pageBytes())).flip();
      row[2 * i + 1] =
          PageMemory.memory(workload.memory().source(page + i).getFirst()).asByteBuffer();
    }
    row[2 * batch].clear().put((byte) '\r').put((byte) '\n').flip();
  }

  @Override
  public void arm() {
    for (int i = 0; i < batch; i++) {
      workload.memory().spoilTarget(page + i);
    }
  }

  @Override
  public Work run() throws IOException {
    for (int i = 0; i < batch && each; i++) {
      sum(page + i, row[2 * i + 1]);
      write(2 * i, i + 1 < batch ? 2 * i + 2 : row.length);
    }
    if (!each) {
      for (int i = 0; i < batch; i++) {
        sum(page + i, row[2 * i + 1]);
      }
      write(0, row.length);
    }
    for (int i = 0; i < batch; i++) {
      socket.expect(OK);
    }
    return new Work(batch, batch, (long) batch * workload.cell().pageBytes());
  }

  private void sum(int number, ByteBuffer source) throws IOException {
    if (summing != Summing.NONE) {
      checksum.reset();
      Summing.sum(source, 0, source.capacity(), checksum);
      workload.compare(number, checksum.getValue());
    }
  }

  private void write(int from, int end) throws IOException {
    int first = from;
    while (first < end) {
      socket.channel().write(row, first, Math.min(end - first, MAX_BUFFERS));
      while (first < end && !row[first].hasRemaining()) {
        first++;
      }
    }
  }

  @Override
  public void verify() throws IOException {
    for (int i = 0; i < batch; i++) {
      ByteBuffer target =
          PageMemory.memory(workload.memory().target(page + i).getFirst()).asByteBuffer();
      socket.put(RawSocket.command("GET", keys[i]));
      socket.send();
      socket.expect(RawSocket.ascii("$" + target.capacity() + "\r\n"));
      socket.readFully(target);
      socket.expect(RawSocket.ascii("\r\n"));
      workload.memory().checkTarget(page + i);
    }
  }

  @Override
  public void tidy() throws IOException {
    workload.empty();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
