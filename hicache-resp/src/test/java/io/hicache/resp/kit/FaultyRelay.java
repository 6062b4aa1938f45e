package io.hicache.resp.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP relay between client and server that spoils what the server sends: after so many bytes of
 * it, counted from {@link #arm}, it stalls, cuts the connection, garbles a byte, or holds bytes
 * back until it is told to let them go.
 */
public final class FaultyRelay implements AutoCloseable {
  /** What goes wrong. */
  public enum Fault {
    /** Nothing. */
    NONE,
    /** No byte goes on until {@link #release}. */
    STALL,
    /** The connection is closed. */
    CUT,
    /** One byte is changed. */
    GARBLE,
    /** Every byte goes by itself. */
    SLICE
  }

  private static final int STEP = 64 << 10;

  private final ServerSocket listener;
  private final int serverPort;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
  private volatile Fault fault = Fault.NONE;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile CountDownLatch struck = new CountDownLatch(1);

  /** Starts a relay. */
  public FaultyRelay(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Lets a fault happen once, behind so many more bytes from the server. */
  public void arm(Fault what, long afterBytes) {
    gate = new CountDownLatch(what == Fault.STALL ? 1 : 0);
    struck = new CountDownLatch(1);
    fault = what;
    left.set(afterBytes);
  }

  /** Waits until the fault has happened. */
  public void awaitStruck() throws InterruptedException {
    struck.await();
  }

  /** Ends a stall: what was held back goes on. */
  public void release() {
    fault = Fault.NONE;
    gate.countDown();
  }

  /** Returns how many connections are open. */
  public long open() {
    return sockets.stream().filter(socket -> !socket.isClosed()).count() / 2;
  }

  @Override
  public void close() throws IOException {
    release();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        connect(client);
      }
    } catch (IOException e) {
      fault = Fault.NONE; // closed
    }
  }

  /** Connects a client; one whose server is gone is hung up on. */
  private void connect(Socket client) throws IOException {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
    } catch (IOException e) {
      client.close();
      return;
    }
    sockets.add(client);
    sockets.add(server);
    Thread.ofPlatform().daemon().start(() -> pump(client, server, false));
    Thread.ofPlatform().daemon().start(() -> pump(server, client, true));
  }

  private void pump(Socket from, Socket to, boolean replies) {
    byte[] bytes = new byte[STEP];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (replies && fault != Fault.NONE) {
          spoil(bytes, read, out);
        } else {
          out.write(bytes, 0, read);
        }
      }
    } catch (IOException | InterruptedException e) {
      return; // one side is gone, and so the other goes
    }
  }

  private void spoil(byte[] bytes, int read, OutputStream out)
      throws IOException, InterruptedException {
    long before = left.getAndAdd(-read);
    if (before >= read || before < 0) {
      out.write(bytes, 0, read);
      return;
    }
    int good = (int) before;
    out.write(bytes, 0, good);
    out.flush();
    struck.countDown();
    switch (fault) {
      case STALL -> gate.await();
      case CUT -> throw new IOException("cut");
      case GARBLE -> bytes[good] ^= 0x55;
      case SLICE -> {
        for (int i = good; i < read; i++) {
          out.write(bytes, i, 1);
        }
        return;
      }
      case NONE -> {}
    }
    out.write(bytes, good, read - good);
  }
}
