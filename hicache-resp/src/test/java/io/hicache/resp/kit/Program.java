package io.hicache.resp.kit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server's program: the static Redis on the class path, or one that this machine has. What a
 * machine has is on its {@code PATH}, or named by the property {@value #PROPERTY}, paths joined as
 * on a {@code PATH}.
 *
 * @param name for the names of tests
 * @param file the program
 */
public record Program(String name, Path file) {
  /** Names programs beside those on the {@code PATH}; {@code ./hicache test} sets it. */
  public static final String PROPERTY = "hicache.test.servers";

  private static final String CARRIED = "redis-server-7.0.15-";

  /** Returns every program here, the carried one first. */
  public static Stream<Program> all() {
    return Stream.concat(Stream.of(carried()), installed().stream());
  }

  /** Returns the carried program and every Redis. */
  public static Stream<Program> redis() {
    return all().filter(program -> !program.isValkey());
  }

  /** Returns the carried program, which speaks for Valkey where there is none, and every Valkey. */
  public static Stream<Program> valkey() {
    return all().filter(program -> program.isValkey() || program.equals(carried()));
  }

  /** Returns the carried program alone, for what no server changes. */
  public static Stream<Program> alone() {
    return Stream.of(carried());
  }

  /** Returns the Redis on the class path, written to a file once for all tests of this JVM. */
  public static Program carried() {
    return Carried.PROGRAM;
  }

  /** Starts it. */
  public TestServer start(String... settings) {
    return TestServer.start(file.toString(), settings);
  }

  private boolean isValkey() {
    return file.endsWith("valkey-server");
  }

  @Override
  public String toString() {
    return name;
  }

  private static List<Program> installed() {
    Map<Path, Program> found = new LinkedHashMap<>();
    Stream.of(System.getProperty(PROPERTY, "").split(File.pathSeparator))
        .filter(path -> !path.isEmpty())
        .map(Path::of)
        .forEach(file -> found.putIfAbsent(real(file), new Program(file.toString(), file)));
    for (String server : List.of("redis-server", "valkey-server")) {
      onPath(server)
          .ifPresent(file -> found.putIfAbsent(real(file), new Program(file.toString(), file)));
    }
    return List.copyOf(found.values());
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(
            Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new AssertionError(
          "property " + PROPERTY + " names " + file + ", which is not there", e);
    }
  }

  private static final class Carried {
    static final Program PROGRAM = new Program("carried", extract());

    private static Path extract() {
      String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
      String machine = System.getProperty("os.arch", "");
      String name =
          CARRIED
              + (os.contains("mac") ? "darwin" : "linux")
              + (machine.equals("aarch64") ? "-arm64" : "-amd64");
      try (InputStream in = ClassLoader.getSystemResourceAsStream(name)) {
        Path program = Files.createTempFile("redis-server", "");
        Files.copy(Objects.requireNonNull(in, name), program, StandardCopyOption.REPLACE_EXISTING);
        program.toFile().deleteOnExit();
        if (!program.toFile().setExecutable(true)) {
          throw new IOException(program + " cannot be made executable");
        }
        return program;
      } catch (IOException e) {
        throw new AssertionError("no server on the class path", e);
      }
    }
  }
}
