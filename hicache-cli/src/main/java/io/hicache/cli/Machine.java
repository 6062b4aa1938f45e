package io.hicache.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;

/** What runs us: the release, Java, Maven, the operating system. */
final class Machine {
  private Machine() {}

  /** Returns the facts by name, in the order to show them. */
  static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("hicache", Version.release());
    facts.put(
        "java",
        "%s, %s, in %s"
            .formatted(Runtime.version(), property("java.vm.name"), property("java.home")));
    facts.put("maven", maven());
    facts.put(
        "system",
        "%s %s, %s, %d processors"
            .formatted(
                property("os.name"),
                property("os.version"),
                property("os.arch"),
                Runtime.getRuntime().availableProcessors()));
    return facts;
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  /** Asks the Maven on the path for its first line. */
  private static String maven() {
    try {
      Process process =
          new ProcessBuilder("mvn", "-B", "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      try (BufferedReader lines = process.inputReader(Charset.defaultCharset())) {
        String first = lines.readLine();
        lines.lines().forEach(rest -> {});
        return first == null ? "mvn says nothing" : first.replaceAll("\\e\\[[0-9;]*m", "");
      }
    } catch (IOException e) {
      return "not on the PATH";
    }
  }
}
