package io.hicache.resp;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.zip.CRC32C;

/**
 * One connection to the server and what its one user at a time needs to move pages over it. Not
 * thread-safe; {@link Lane} hands it from one user to the next.
 */
final class Connection {
  private static final int TAIL_BYTES = 128;

  private final Wire wire;
  private final RespInput in;
  private final RespOutput out;
  private final PageRow row = new PageRow();
  private final ValueRecord record = new ValueRecord();
  private final CRC32C checksum = new CRC32C();
  private final ByteBuffer tail = ByteBuffer.allocateDirect(TAIL_BYTES);
  private long receivedBefore;
  private boolean reused;

  Connection(SocketChannel channel) {
    wire = new Wire(channel);
    in = new RespInput(wire);
    out = new RespOutput(wire);
  }

  Wire wire() {
    return wire;
  }

  RespInput in() {
    return in;
  }

  RespOutput out() {
    return out;
  }

  PageRow row() {
    return row;
  }

  ValueRecord record() {
    return record;
  }

  /** Returns the buffer for what stands behind a page: its record and the command's last words. */
  ByteBuffer tail() {
    return tail;
  }

  CRC32C checksum() {
    return checksum;
  }

  /** Begins a use of a connection that has been used before. */
  void reuse() {
    reused = true;
    receivedBefore = wire.received();
  }

  /**
   * Tells whether the server may have closed the connection while nobody used it: it was idle
   * before, and has sent nothing since.
   */
  boolean perhapsStale() {
    return reused && wire.received() == receivedBefore && wire.cause() == null;
  }

  /** Tells whether the next user may have it: open, and every reply read to its end. */
  boolean usable() {
    return wire.isOpen() && !in.hasBuffered();
  }
}
