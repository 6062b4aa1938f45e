package io.hicache.cli;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process of its own, with our Java, our class path and our settings, that restores. */
final class SecondJvm {
  private SecondJvm() {}

  /**
   * Has another process restore a prompt.
   *
   * @param backend where from
   * @param options with which options
   * @param route how it lays pages out and names them
   * @param text the prompt's file; empty: the one that comes with the command
   * @param cleanup ends the process if ours is told to end
   */
  static DemoReader.Restored restore(
      String backend,
      Map<String, String> options,
      DemoRoute route,
      Optional<Path> text,
      Cleanup cleanup)
      throws IOException {
    Process process =
        new ProcessBuilder(commandLine(backend, route, text))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    cleanup.add(() -> end(process));
    tell(process, options);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      if (line == null) {
        throw new HiCacheException(
            FaultKind.INTERNAL, "demo: the second JVM ended without a result; it says why above");
      }
      return Results.read(line, DemoReader.Restored.class);
    }
  }

  /**
   * Reads what {@link #restore} tells the other process.
   *
   * @param in where it is told
   */
  @SuppressWarnings("unchecked") // tell() writes nothing but texts
  static Map<String, String> options(InputStream in) throws IOException {
    return Results.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), Map.class);
  }

  /** Hands over the options where no list of processes shows them. */
  private static void tell(Process process, Map<String, String> options) {
    try (OutputStream out = process.getOutputStream()) {
      out.write(Results.line(options).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      process.destroy(); // it does not listen, and so has ended or must; what is read next says so
    }
  }

  private static List<String> commandLine(String backend, DemoRoute route, Optional<Path> text) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-D") || argument.startsWith("-X"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            DemoRestoreCommand.NAME,
            "--backend",
            backend));
    if (route.bySlot()) {
      command.addAll(List.of("--layout", route.layout().label()));
    }
    text.ifPresent(file -> command.addAll(List.of("--text", file.toString())));
    return command;
  }

  private static void end(Process process) {
    process.destroy();
    boolean interrupted = false;
    while (true) {
      try {
        process.waitFor();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
