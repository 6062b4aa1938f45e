package io.hicache.bench.resp;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A server of a cell's own, in a process of its own, without persistence. It ends with this JVM at
 * the latest.
 */
final class Server implements Closeable {
  private final Process process;
  private final int port;
  private final Thread hook;

  /**
   * Starts a server.
   *
   * @param program which
   * @param directory where it may leave files
   */
  Server(ServerProgram program, Path directory) throws IOException {
    port = freePort();
    Path log = directory.resolve("server.log");
    process =
        new ProcessBuilder(
                program.file(directory).toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--lazyfree-lazy-user-del",
                "no")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    hook = Thread.ofPlatform().unstarted(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
    while (!listens()) {
      if (!process.isAlive()) {
        throw new IOException("the server ended: " + Files.readString(log));
      }
      Thread.onSpinWait();
    }
  }

  /** Returns its port on the loopback. */
  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
