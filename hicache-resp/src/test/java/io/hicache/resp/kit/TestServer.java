package io.hicache.resp.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real server on a free port, without persistence, in a process of its own: the static Redis on
 * the class path, or one that is installed.
 */
public final class TestServer implements AutoCloseable {
  private final Path directory;
  private final List<String> command;
  private final int port;
  private Process process;

  private TestServer(Path directory, List<String> command, int port) throws IOException {
    this.directory = directory;
    this.command = command;
    this.port = port;
    this.process = begin();
  }

  /** Starts the Redis on the class path. */
  public static TestServer carried(String... settings) {
    return Program.carried().start(settings);
  }

  /** Starts a server by the name of its program. */
  public static TestServer start(String program, String... settings) {
    try {
      Path directory = Files.createTempDirectory("hicache-server");
      int port = freePort();
      List<String> command =
          new ArrayList<>(
              List.of(
                  program,
                  "--port",
                  Integer.toString(port),
                  "--bind",
                  "127.0.0.1",
                  "--save",
                  "",
                  "--unixsocket",
                  directory.resolve("socket").toString()));
      command.addAll(Arrays.asList(settings));
      return new TestServer(directory, command, port);
    } catch (IOException e) {
      throw new AssertionError("no server could be started", e);
    }
  }

  public int port() {
    return port;
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  public Path socket() {
    return directory.resolve("socket");
  }

  /** Kills the server at once. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Starts the server anew after it was killed; empty, at the same port. */
  public void restart() {
    try {
      process = begin();
    } catch (IOException e) {
      throw new AssertionError("the server could not be started again", e);
    }
  }

  /** Stops the server in the middle of what it does; {@code CONT} lets it go on. */
  public void signal(String name) {
    try {
      int exit =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (exit != 0) {
        throw new AssertionError("kill -" + name + " ended with " + exit);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("no signal could be sent", e);
    }
  }

  /** Sends one command and returns the reply's first line. */
  public String ask(String... words) {
    try (RawClient client = new RawClient(port)) {
      return client.ask(bytes(words));
    } catch (IOException e) {
      throw new AssertionError("the server does not answer", e);
    }
  }

  /** Does the same on a server that wants a password. */
  public String askAs(String password, String... words) {
    try (RawClient client = new RawClient(port)) {
      client.ask(bytes("AUTH", password));
      return client.ask(bytes(words));
    } catch (IOException e) {
      throw new AssertionError("the server does not answer", e);
    }
  }

  /** Opens a connection of the test's own. */
  public RawClient client() throws IOException {
    return new RawClient(port);
  }

  @Override
  public void close() {
    kill();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new AssertionError("the server's directory could not be removed", e);
    }
  }

  private static byte[][] bytes(String... words) {
    return Stream.of(words)
        .map(word -> word.getBytes(StandardCharsets.ISO_8859_1))
        .toArray(byte[][]::new);
  }

  private Process begin() throws IOException {
    Process started =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    while (!listens()) {
      if (!started.isAlive()) {
        throw new AssertionError(command + ": " + Files.readString(directory.resolve("log")));
      }
      Thread.onSpinWait();
    }
    return started;
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
