package io.hicache.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheException;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.Priority;
import io.hicache.spi.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A peer that sends what no server sends: no input writes outside a page, hangs or costs memory.
 */
@Timeout(60)
class GarbageTest {
  private static final byte[] GREETING = "+OK\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final String ALPHABET = "$*:+-_0123456789\r\n\0\u00ff";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$-2\r\n",
        "$99999999999999999999\r\n",
        "$999999999999999999\r\n",
        "$\r\n",
        "$1x\r\n",
        "$--1\r\n",
        "*3\r\n",
        ":5\r\n",
        "+OK\r\n",
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "\r\n",
        "$5\n",
        "$132",
        "$132\r\n",
        "$0\r\nxx",
        "_\r\n"
      })
  void batchGet_malformedReply_failsAndTouchesNothing(String reply) throws IOException {
    assertTrue(exchange(reply.getBytes(StandardCharsets.ISO_8859_1)), "a target was touched");
  }

  @Test
  void batchGet_endlessLine_fails() throws IOException {
    assertTrue(exchange("-".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void batchGet_randomReplies_neverSucceed() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 200; i++) {
      byte[] reply = new byte[1 + random.nextInt(400)];
      for (int at = 0; at < reply.length; at++) {
        reply[at] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      }
      reply[0] = (byte) "$*:-".charAt(random.nextInt(4));
      boolean page = reply[0] == '$';
      assertTrue(exchange(reply) || page, "a target was touched without a page for it");
    }
  }

  /**
   * Opens past the greeting by hand, reads two pages of 100 bytes, and tells whether the targets
   * are untouched.
   */
  private static boolean exchange(byte[] reply) throws IOException {
    try (ServerSocket peer = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Rig memory = new Rig()) {
      Thread.ofPlatform().daemon().start(() -> serve(peer, reply));
      RespConfig config = ServerOptions.of("redis").read(Rig.at(peer.getLocalPort()));
      List<Page> targets = memory.targets("x-", 2, 100);
      BatchResult result = read(config, targets);
      assertEquals(0, result.count(Outcome.DONE), result::toString);
      assertTrue(memory.fencesHold());
      return targets.stream().allMatch(Rig::untouched);
    }
  }

  private static BatchResult read(RespConfig config, List<Page> targets) {
    byte[][] names = Names.encoded(2, i -> "x-" + i);
    Lane lane = new Lane(1);
    try (Calls calls = new Calls(config);
        lane) {
      return calls.batch(
          "read of",
          2,
          1,
          lane,
          Priority.GET,
          CallOptions.DEFAULT,
          (connection, turn) ->
              new Pipeline(connection, turn, new Window(1000, calls.distance()), 8)
                  .run(
                      Names.positions(2), new PageReads(connection, turn, targets, names, config)));
    }
  }

  private static void serve(ServerSocket peer, byte[] reply) {
    try (Socket socket = peer.accept()) {
      InputStream in = socket.getInputStream();
      byte[] request = new byte[4096];
      awaitSome(in, request);
      socket.getOutputStream().write(GREETING);
      awaitSome(in, request);
      socket.getOutputStream().write(reply);
      socket.shutdownOutput();
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return; // the client has had enough
    }
  }

  private static void awaitSome(InputStream in, byte[] request) throws IOException {
    if (in.read(request) < 0) {
      throw new IOException("the client has left");
    }
  }

  @Test
  void connect_peerThatIsNoServer_saysSo() throws IOException {
    try (ServerSocket peer = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            try (Socket socket = peer.accept()) {
              socket
                  .getOutputStream()
                  .write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
              awaitSome(socket.getInputStream(), new byte[64]);
            } catch (IOException e) {
              return;
            }
          });
      RespConfig config = ServerOptions.of("redis").read(Rig.at(peer.getLocalPort()));
      try (Watchdog watchdog = new Watchdog("test", config.timeout())) {
        HiCacheException fault =
            assertThrows(
                HiCacheException.class,
                () -> new Connector(config, watchdog, new Distance()).connect(Deadline.NONE));
        assertTrue(fault.getMessage().contains("not the reply of a Valkey or Redis"));
      }
    }
  }
}
