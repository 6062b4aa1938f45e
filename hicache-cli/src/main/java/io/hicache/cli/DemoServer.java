package io.hicache.cli;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.spi.Diagnosis;
import io.hicache.spi.Providers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A Valkey or Redis server for the time of one demo. Nobody else can reach it: it listens on a
 * socket in a private directory and on no port, and wants a password that is made anew each time
 * and handed to it on its standard input, where no list of processes shows it. It keeps nothing on
 * disk.
 */
final class DemoServer {
  /** The backends whose server can be started. */
  private static final Set<String> BACKENDS = Set.of("redis", "valkey");

  /** Options that say which server is meant, so that none is to be started. */
  private static final Set<String> LEADING = Set.of("url", "host", "port", "username", "password");

  /** Most bytes of a socket's path; the least of the systems' limits, macOS's 104, less its NUL. */
  private static final int MAX_PATH = 103;

  private static final int PASSWORD_BYTES = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long STEP_MILLIS = 10;
  private static final long END_SECONDS = 5;

  private DemoServer() {}

  /** Tells whether a demo has to start its own server, as nobody says which to use. */
  static boolean wanted(String backend, Set<String> options) {
    return BACKENDS.contains(backend)
        && options.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .noneMatch(name ->
                LEADING.contains(name.startsWith(backend + "_") ? rest(backend, name) : name));
  }

  /**
   * Starts one.
   *
   * @param backend whose
   * @param path where programs are, as the variable {@code PATH} has it
   * @param cleanup ends it
   * @param err is told which it is
   * @return the options that lead to it
   */
  static Map<String, String> start(String backend, String path, Cleanup cleanup, PrintWriter err)
      throws IOException {
    Path directory = TemporaryDirectory.create(cleanup);
    Path socket = directory.resolve("socket");
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH) {
      throw new IllegalArgumentException(
          "java.io.tmpdir: must be shorter, because a socket's path has at most %d bytes: %s"
              .formatted(MAX_PATH, socket));
    }
    ServerProgram program = ServerProgram.find(backend, path, directory);
    String password = password();
    Process process = begin(program, directory, settings(directory, socket, password));
    cleanup.add(() -> end(process));
    Map<String, String> options =
        Map.of(
            "url",
            "unix:" + socket.toUri().getRawPath(),
            "username",
            "default",
            "password",
            password);
    String version = awaitAnswer(backend, options, process, directory.resolve("log"));
    err.println("hicache: started %s: %s".formatted(version, program.remark()));
    return options;
  }

  private static Process begin(ServerProgram program, Path directory, List<String> settings)
      throws IOException {
    Process process =
        new ProcessBuilder(program.file().toString(), "-")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    try (PrintWriter in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8))) {
      settings.forEach(in::println);
    }
    return process;
  }

  private static List<String> settings(Path directory, Path socket, String password) {
    return List.of(
        "port 0",
        "unixsocket " + quoted(socket),
        "unixsocketperm 700",
        "requirepass " + password,
        "dir " + quoted(directory),
        "save \"\"",
        "appendonly no",
        "daemonize no");
  }

  /** Waits until the server answers, and returns which it is. */
  private static String awaitAnswer(
      String backend, Map<String, String> options, Process process, Path log) throws IOException {
    long start = System.nanoTime();
    while (true) {
      Diagnosis told =
          Providers.find(backend).diagnose(BackendOptions.with(BackendOptions.BY_HAND, options));
      if (told.available()) {
        return told.version();
      }
      boolean late = System.nanoTime() - start > PATIENCE.toNanos();
      if (late || ended(process)) {
        throw new HiCacheException(
            FaultKind.UNAVAILABLE,
            "demo: the server did not start: "
                + (late ? String.join(" ", told.findings()) : lastLine(log)));
      }
    }
  }

  private static boolean ended(Process process) {
    try {
      return process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static String lastLine(Path log) throws IOException {
    List<String> lines =
        Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
            .filter(line -> !line.isBlank())
            .toList();
    return lines.isEmpty() ? "it says nothing" : lines.getLast().strip();
  }

  /** Ends it by its process, kindly at first; waits until it is gone. */
  private static void end(Process process) {
    process.destroy();
    boolean interrupted = Thread.interrupted();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      process.destroyForcibly();
    }
    process.onExit().join();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String password() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static String quoted(Path path) {
    return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String rest(String backend, String name) {
    return name.substring(backend.length() + 1);
  }
}
