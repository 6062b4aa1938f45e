package io.hicache.resp;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A blocking socket that knows when it last moved a byte and why it was cut.
 *
 * <p>One thread at a time reads and writes it, a caller's own mostly: an interrupt of that closes
 * the channel, and {@link Calls} goes on with another. {@link #cut} may come from any thread; it
 * makes a read or write under way return by exception.
 */
final class Wire implements Closeable {
  private final SocketChannel channel;
  private volatile long movedNanos = System.nanoTime();
  private volatile @Nullable HiCacheException cut;
  private long received;

  Wire(SocketChannel channel) {
    this.channel = channel;
  }

  void connect(SocketAddress address) throws IOException {
    channel.connect(address);
    touch();
  }

  /** Reads at least one byte. */
  void read(ByteBuffer target) throws IOException {
    received(channel.read(target));
  }

  /** Reads at least one byte into buffers of a row. */
  void read(@Nullable ByteBuffer[] row, int first, int count) throws IOException {
    received(channel.read(row, first, count));
  }

  /** Writes all of a buffer. */
  void write(ByteBuffer source) throws IOException {
    while (source.hasRemaining()) {
      channel.write(source);
      movedNanos = System.nanoTime();
    }
  }

  /** Writes some bytes of a row's buffers. */
  void write(@Nullable ByteBuffer[] row, int first, int count) throws IOException {
    channel.write(row, first, count);
    movedNanos = System.nanoTime();
  }

  /** Returns how many bytes have come so far. */
  long received() {
    return received;
  }

  /** Returns how long no byte has moved. */
  long silentNanos() {
    return System.nanoTime() - movedNanos;
  }

  /** Starts the clock of {@link #silentNanos} anew. */
  void touch() {
    movedNanos = System.nanoTime();
  }

  /** Closes the socket under whoever uses it, and remembers why. */
  void cut(FaultKind kind, String why) {
    cut = new HiCacheException(kind, why);
    close();
  }

  /** Returns why the socket was cut; null if it was not. */
  @Nullable HiCacheException cause() {
    return cut;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** Closes the socket; a fault of that is of no consequence to anybody. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger("io.hicache.resp").log(System.Logger.Level.DEBUG, "close", e);
    }
  }

  private void received(long bytes) throws EOFException {
    if (bytes < 0) {
      throw new EOFException("the server closed the connection");
    }
    received += bytes;
    movedNanos = System.nanoTime();
  }
}
