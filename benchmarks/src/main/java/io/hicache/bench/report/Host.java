package io.hicache.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What a reader must know of the machine to make sense of the numbers, and nothing that tells whose
 * it is.
 *
 * @param date the day of the run, UTC
 * @param processor the processor's model
 * @param cores how many processors the JVM may use
 * @param memoryGib the machine's memory in GiB
 * @param system the operating system and its version
 * @param fileSystem the type of the file system that pages were stored in
 * @param congestionControl how TCP senders are slowed, which costs much on the loopback
 * @param jdk the Java runtime
 * @param commit the source's commit, marked {@code -dirty} where files differ from it
 */
public record Host(
    String date,
    String processor,
    int cores,
    long memoryGib,
    String system,
    String fileSystem,
    String congestionControl,
    String jdk,
    String commit) {

  /**
   * Looks at this machine.
   *
   * @param directory where pages are stored
   */
  public static Host here(Path directory) throws IOException {
    return new Host(
        LocalDate.now(ZoneOffset.UTC).toString(),
        first(Path.of("/proc/cpuinfo"), "model name", "unknown"),
        Runtime.getRuntime().availableProcessors(),
        memory(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Files.getFileStore(directory).type(),
        control(),
        System.getProperty("java.vendor.version", "") + " " + System.getProperty("java.version"),
        builtFrom());
  }

  private static String control() throws IOException {
    Path file = Path.of("/proc/sys/net/ipv4/tcp_congestion_control");
    return Files.isReadable(file) ? Files.readString(file).strip() : "unknown";
  }

  private static long memory() throws IOException {
    String kib = first(Path.of("/proc/meminfo"), "MemTotal", "0 kB").replace(" kB", "");
    return Math.round(Long.parseLong(kib) / (double) (1 << 20));
  }

  private static String first(Path file, String name, String otherwise) throws IOException {
    if (!Files.isReadable(file)) {
      return otherwise;
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(otherwise);
  }

  /** Asks git about the tree that these classes were built in, wherever the run was started. */
  private static String builtFrom() {
    try {
      Path code = Path.of(Host.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      List<String> command =
          List.of("git", "-C", String.valueOf(code.getParent()), "describe", "--always", "--dirty");
      Process git =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (InputStream output = git.getInputStream()) {
        String text = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "unknown" : text;
      }
    } catch (IOException | java.net.URISyntaxException e) {
      return "unknown";
    }
  }
}
