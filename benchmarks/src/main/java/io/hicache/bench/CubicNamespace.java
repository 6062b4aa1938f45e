package io.hicache.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A network namespace whose TCP is the usual one. Where a system's default is BBR, which paces what
 * it sends, loopback is a third slower for every contestant, and the more so the less they compute.
 *
 * <p>Server and client must both be inside, and so is JMH: the whole program is run there again.
 * Only root may make one; anybody else measures what the system has.
 */
final class CubicNamespace {
  private static final Path CONTROL = Path.of("/proc/sys/net/ipv4/tcp_congestion_control");
  private static final String INSIDE = "HICACHE_BENCH_INSIDE";
  private static final int NOT_MADE = 97;
  private static final String SCRIPT =
      "ip link set lo up && echo cubic 2>/dev/null >%s || exit %d; exec \"$@\""
          .formatted(CONTROL, NOT_MADE);

  private CubicNamespace() {}

  /** Runs the program inside; empty if it is to run here. */
  static OptionalInt run(List<String> args, PrintStream progress) {
    if (!helps(args)) {
      return OptionalInt.empty();
    }
    List<String> command = new ArrayList<>(List.of("unshare", "--net", "sh", "-c", SCRIPT, "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Suites.class.getName()));
    command.addAll(args);
    try {
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      builder.environment().put(INSIDE, "1");
      int exit = builder.start().waitFor();
      return exit == NOT_MADE ? told(progress) : OptionalInt.of(exit);
    } catch (IOException e) {
      return told(progress);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  private static boolean helps(List<String> args) {
    boolean network = args.contains("resp") || args.stream().allMatch(arg -> arg.startsWith("--"));
    return network
        && System.getenv(INSIDE) == null
        && "root".equals(System.getProperty("user.name"))
        && !control().isEmpty()
        && !control().equals("cubic");
  }

  private static String control() {
    try {
      return Files.isReadable(CONTROL) ? Files.readString(CONTROL).strip() : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static OptionalInt told(PrintStream progress) {
    progress.printf(
        "TCP here is %s, and no namespace with cubic could be made: is unshare there, and cubic"
            + " among sysctl net.ipv4.tcp_allowed_congestion_control?%n",
        control());
    return OptionalInt.empty();
  }
}
