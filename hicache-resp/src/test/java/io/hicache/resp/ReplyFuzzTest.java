package io.hicache.resp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.hicache.CallOptions;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.spi.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * Whatever a peer answers to a read of pages: nothing beside the pages is written, no more is
 * allocated than a line may take, and the read ends. Its inputs are replayed by every test run;
 * with {@code JAZZER_FUZZ=1} in the environment it looks for others.
 */
class ReplyFuzzTest {
  private static final int PAGES = 3;
  private static final long MOST_HEAP = 1 << 20;
  private static final int LOADED = 4;
  private static final int[] SIZES = {100, 5_000, 300_000};

  @FuzzTest(maxDuration = "60s")
  void hear_anyReply_endsAndKeepsToItsPages(byte[] reply) throws Exception {
    long bytes = Long.MAX_VALUE;
    for (int i = 0; i < LOADED && bytes >= MOST_HEAP; i++) { // the first ones load classes
      bytes = Math.min(bytes, exchange(reply));
    }
    long least = bytes;
    assertTrue(least < MOST_HEAP, () -> least + " bytes of heap");
  }

  /** Reads pages from a peer that answers so, and returns the heap that took. */
  private static long exchange(byte[] reply) throws Exception {
    try (Rig memory = new Rig();
        ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SocketChannel channel =
            SocketChannel.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()));
        Socket peer = listener.accept()) {
      Thread.ofVirtual().start(() -> answer(peer, reply));
      List<Page> targets =
          List.of(
              memory.targets("a", 1, SIZES[0]).getFirst(),
              memory.targets("b", 1, SIZES[1]).getFirst(),
              memory.targets("c", 1, SIZES[2]).getFirst());
      RespConfig config = ServerOptions.of("redis").read(Rig.at(listener.getLocalPort()));
      Tally tally = new Tally(PAGES);
      Turn turn = new Turn("read of", config, Deadline.of(CallOptions.DEFAULT), tally);
      Connection connection = new Connection(channel);
      byte[][] names = Names.encoded(PAGES, i -> targets.get(i).key().value());
      long before = allocated();
      try {
        new Pipeline(connection, turn, new Window(1 << 20, new Distance()), PAGES)
            .run(Names.positions(PAGES), new PageReads(connection, turn, targets, names, config));
      } catch (IOException e) {
        assertTrue(tally.result().count(Outcome.DONE) < PAGES, "a read that broke off is not done");
      }
      long bytes = allocated() - before;
      assertTrue(memory.fencesHold(), "memory beside a page was written");
      return bytes;
    }
  }

  /** By reflection, since the module under test does not read the one that tells. */
  private static long allocated() throws ReflectiveOperationException {
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    return (long)
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getCurrentThreadAllocatedBytes")
            .invoke(threads);
  }

  private static void answer(Socket peer, byte[] reply) {
    try {
      OutputStream out = peer.getOutputStream();
      out.write(reply);
      peer.shutdownOutput();
      peer.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return; // the reader has had enough
    }
  }
}
