package io.hicache.resp.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * A relay to a server that is far away: every byte arrives half a round trip after it was sent, and
 * each connection has at most 4 MiB under way in one direction, as a sender's buffer holds by the
 * default of Linux.
 */
public final class DelayLine implements AutoCloseable {
  private static final int STEP = 64 << 10;
  private static final int STEPS_UNDER_WAY = (4 << 20) / STEP;

  private final ServerSocket listener;
  private final int serverPort;
  private final long nanos;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  /**
   * Starts a relay.
   *
   * @param roundTrip what is added to the way there and back
   */
  public DelayLine(int serverPort, Duration roundTrip) throws IOException {
    this.serverPort = serverPort;
    this.nanos = roundTrip.toNanos() / 2;
    this.listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Returns how many connections are open. */
  public long open() {
    return sockets.stream().filter(socket -> !socket.isClosed()).count() / 2;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      sockets.add(client);
      sockets.add(server);
      new Direction(client, server).begin();
      new Direction(server, client).begin();
    }
  }

  private static void start(Pump pump) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            pump.run();
          } catch (IOException e) {
            return; // one side is gone, and its sockets with it
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private interface Pump {
    void run() throws IOException, InterruptedException;
  }

  /** What was read and when it may go on; a negative length at the end. */
  private static final class Step {
    final byte[] bytes;
    final int length;
    final long due;

    Step(byte[] bytes, int length, long due) {
      this.bytes = bytes;
      this.length = length;
      this.due = due;
    }
  }

  private final class Direction {
    private final Socket from;
    private final Socket to;
    private final Semaphore room = new Semaphore(STEPS_UNDER_WAY);
    private final BlockingQueue<Step> underWay = new LinkedBlockingQueue<>();
    private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();

    Direction(Socket from, Socket to) {
      this.from = from;
      this.to = to;
    }

    void begin() {
      start(this::take);
      start(this::pass);
    }

    private void take() throws IOException, InterruptedException {
      InputStream in = from.getInputStream();
      try {
        while (true) {
          room.acquire();
          byte[] bytes = spare.poll();
          bytes = bytes == null ? new byte[STEP] : bytes;
          int read = in.read(bytes);
          if (read < 0) {
            return;
          }
          underWay.add(new Step(bytes, read, System.nanoTime() + nanos));
        }
      } finally {
        underWay.add(new Step(new byte[0], -1, System.nanoTime()));
      }
    }

    private void pass() throws IOException, InterruptedException {
      try (from;
          to) {
        OutputStream out = to.getOutputStream();
        for (Step step = underWay.take(); step.length >= 0; step = underWay.take()) {
          long left = step.due - System.nanoTime();
          while (left > 0) {
            LockSupport.parkNanos(left);
            left = step.due - System.nanoTime();
          }
          out.write(step.bytes, 0, step.length);
          spare.add(step.bytes);
          room.release();
        }
      }
    }
  }
}
