package io.hicache.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints results to stdout: lines for people, or one JSON document for machines. */
final class Results {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--json", description = "Prints the result as one line of JSON.")
  private boolean json;

  /**
   * Prints a result.
   *
   * @param value the result as JSON has it: records, maps, lists, texts and numbers
   * @param text the result for people, lines joined
   */
  void print(Object value, String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? line(value) : text);
    out.flush();
  }

  /** Returns where progress and remarks go. */
  PrintWriter progress() {
    return spec.commandLine().getErr();
  }

  /** Returns a value as one line of JSON. */
  static String line(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result cannot be written as JSON", e);
    }
  }

  /**
   * Reads a value as {@link #line} writes it.
   *
   * @throws IllegalStateException if the line is not one
   */
  static <T> T read(String line, Class<T> type) {
    try {
      return JSON.readValue(line, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result cannot be read from JSON", e);
    }
  }
}
