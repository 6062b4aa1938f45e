package io.hicache.bench.resp;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which server a cell stores in. */
enum ServerProgram {
  /** The {@code redis-server} of the {@code PATH}, or else the one that the program carries. */
  REDIS,
  /** The {@code valkey-server} of the {@code PATH}. */
  VALKEY;

  private static final String CARRIED = "redis-server-7.0.15-";

  /** Returns the backend's name, which is the server's as well. */
  String backend() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Tells whether this machine has one. */
  boolean isHere() {
    return this == REDIS || installed().isPresent();
  }

  /**
   * Returns the program's file.
   *
   * @param directory where to put one that has to be unpacked
   */
  Path file(Path directory) throws IOException {
    Optional<Path> installed = installed();
    if (installed.isPresent()) {
      return installed.get();
    }
    if (this == VALKEY) {
      throw new IOException("valkey-server is not on the PATH");
    }
    return unpacked(directory);
  }

  private Optional<Path> installed() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry, backend() + "-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path unpacked(Path directory) {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String name =
        CARRIED
            + (os.contains("mac") ? "darwin" : "linux")
            + (System.getProperty("os.arch", "").equals("aarch64") ? "-arm64" : "-amd64");
    Path file = directory.resolve("redis-server");
    try (InputStream in = ServerProgram.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no server for this system is carried: install redis-server");
      }
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      if (!file.toFile().setExecutable(true)) {
        throw new IOException(file + " cannot be made executable");
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
