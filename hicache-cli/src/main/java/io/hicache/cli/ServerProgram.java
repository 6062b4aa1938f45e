package io.hicache.cli;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The program of a server that a demo can start: one that is installed, or the static Redis that
 * comes with the command.
 *
 * @param file the program
 * @param remark what to tell of the choice
 */
record ServerProgram(Path file, String remark) {
  /** Which release of Redis is on the class path, as {@code org.signal:embedded-redis} names it. */
  private static final String CARRIED = "redis-server-7.0.15-";

  /**
   * Finds a program: the backend's own server on the {@code PATH}, else a Redis there, else the one
   * that comes with the command.
   *
   * @param backend whose server: {@code valkey} or {@code redis}
   * @param path where programs are, as the variable {@code PATH} has it
   * @param directory where the one that comes with the command may be written
   * @throws HiCacheException if there is none for this machine
   */
  static ServerProgram find(String backend, String path, Path directory) throws IOException {
    String own = backend + "-server";
    Optional<Path> installed = onPath(own, path);
    if (installed.isPresent()) {
      return new ServerProgram(installed.get(), installed.get().toString());
    }
    String missing =
        backend.equals("redis")
            ? "no redis-server is on the PATH"
            : "no " + own + " is on the PATH, so a Redis speaks for it";
    Optional<Path> redis = onPath("redis-server", path);
    return redis.isPresent()
        ? new ServerProgram(redis.get(), redis.get() + "; " + missing)
        : new ServerProgram(carried(directory), "the one that comes with hicache; " + missing);
  }

  private static Optional<Path> onPath(String program, String path) {
    return Stream.of(path.split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory).resolve(program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static Path carried(Path directory) throws IOException {
    String name = CARRIED + machine();
    try (InputStream in = ServerProgram.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new HiCacheException(
            FaultKind.UNAVAILABLE,
            "demo: no server is on the PATH, and none for this machine comes along ("
                + name
                + "); install one, or name one by -O url=redis://host:port");
      }
      Path program = directory.resolve("redis-server");
      Files.copy(in, program);
      if (!program.toFile().setExecutable(true)) {
        throw new IOException(program + " cannot be made executable");
      }
      return program;
    }
  }

  private static String machine() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "");
    return (os.contains("mac") ? "darwin" : os)
        + "-"
        + switch (processor) {
          case "x86_64" -> "amd64";
          case "aarch64" -> "arm64";
          default -> processor;
        };
  }
}
