package io.hicache.bench.resp;

import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import io.hicache.bench.file.PageMemory;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads a batch over a bare socket: as many GETs ahead as a window of bytes allows, each page by
 * scattering reads into its memory and into a small buffer for the next reply's line, whose length
 * is known.
 */
final class RawRead implements Entrant {
  private final RespWorkload workload;
  private final RawSocket socket;
  private final Summing summing;
  private final int ahead;
  private final int from;
  private final int batch;
  private final ByteBuffer[] row = new ByteBuffer[2];
  private final ByteBuffer[] targets;
  private final byte[][] commands;
  private final byte[] first;
  private final byte[] between;
  private final byte[] last = RawSocket.ascii("\r\n");
  private final CRC32C checksum = new CRC32C();
  private int page;

  /**
   * Opens the socket.
   *
   * @param window most bytes asked for ahead, one page at least
   * @param share which of the shares that the batch is cut into
   * @param shares how many there are
   */
  RawRead(RespWorkload workload, long window, Summing summing, int share, int shares)
      throws IOException {
    int bytes = workload.cell().pageBytes();
    this.workload = workload;
    this.summing = summing;
    this.from = workload.cell().batch() * share / shares;
    this.batch = workload.cell().batch() * (share + 1) / shares - from;
    this.ahead = (int) Math.max(1, window / bytes);
    this.first = RawSocket.ascii("$" + bytes + "\r\n");
    this.between = RawSocket.ascii("\r\n$" + bytes + "\r\n");
    this.targets = new ByteBuffer[batch];
    this.commands = new byte[batch][];
    this.socket = new RawSocket(workload.port());
  }

  @Override
  public void prepare(int turn) {
    page = workload.memory().first(turn, workload.cell().batch()) + from;
    for (int i = 0; i < batch; i++) {
      targets[i] = PageMemory.memory(workload.memory().target(page + i).getFirst()).asByteBuffer();
      commands[i] = RawSocket.command("GET", workload.rawKey(page + i));
    }
  }

  @Override
  public void arm() {
    for (int i = 0; i < batch; i++) {
      workload.memory().spoilTarget(page + i);
    }
  }

  @Override
  public Work run() throws IOException {
    int asked = Math.min(ahead, batch);
    for (int i = 0; i < asked; i++) {
      socket.put(commands[i]);
    }
    socket.send();
    boolean lineRead = false;
    for (int i = 0; i < batch; i++) {
      if (!lineRead) {
        socket.expect(first);
      }
      lineRead = i + 1 < asked;
      read(page + i, targets[i], lineRead ? between : last);
      if (asked < batch) {
        socket.put(commands[asked++]);
        socket.send();
      }
    }
    return new Work(batch, batch, (long) batch * workload.cell().pageBytes());
  }

  private void read(int number, ByteBuffer target, byte[] behind) throws IOException {
    int length = target.capacity();
    row[0] = target;
    row[1] = socket.line(behind.length);
    checksum.reset();
    int summed = 0;
    while (row[1].hasRemaining()) {
      int end = (int) Math.min(length, (long) target.position() + summing.step());
      target.limit(end);
      long moved = socket.channel().read(row, 0, end == length ? 2 : 1);
      if (moved < 0) {
        throw new EOFException("the server hung up");
      }
      if (summing == Summing.STEPS) {
        Summing.sum(target, summed, target.position(), checksum);
        summed = target.position();
      }
    }
    if (summing == Summing.WHOLE) {
      Summing.sum(target, 0, length, checksum);
    }
    socket.compare(behind);
    if (summing != Summing.NONE) {
      workload.compare(number, checksum.getValue());
    }
  }

  @Override
  public void verify() {
    for (int i = 0; i < batch; i++) {
      workload.memory().checkTarget(page + i);
    }
  }

  @Override
  public void tidy() {
    Arrays.fill(targets, null);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
