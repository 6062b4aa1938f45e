package io.hicache.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param suites which suites or parts of them, in the order named; all suites if none was
 * @param effort how much they may take
 * @param json where to write the report as JSON
 * @param publish the directory to write the report for people into
 * @param directory the directory under which pages are stored
 */
record Arguments(
    List<Suite> suites,
    Effort effort,
    Optional<Path> json,
    Optional<Path> publish,
    Path directory) {

  static final String USAGE =
      "usage: bench [SUITE[.CELL…] …] [--quick] [--json FILE] [--publish DIR] [--dir DIR]";

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException naming the argument that is not understood
   */
  static Arguments parse(List<String> arguments) {
    List<Suite> suites = new ArrayList<>();
    Effort effort = Effort.FULL;
    Optional<Path> json = Optional.empty();
    Optional<Path> publish = Optional.empty();
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      switch (argument) {
        case "--quick" -> effort = Effort.QUICK;
        case "--json" -> json = Optional.of(path(argument, rest));
        case "--publish" -> publish = Optional.of(path(argument, rest));
        case "--dir" -> directory = existing(path(argument, rest));
        default -> suites.add(suite(argument));
      }
    }
    return new Arguments(
        suites.isEmpty() ? Catalog.suites() : suites.stream().distinct().toList(),
        effort,
        json,
        publish,
        directory);
  }

  private static Suite suite(String argument) {
    if (argument.startsWith("-")) {
      throw new IllegalArgumentException(
          "option " + argument + ": must be --quick, --json, --publish or --dir");
    }
    int dot = argument.indexOf('.');
    return dot < 0
        ? Catalog.suite(argument)
        : new SuiteExcerpt(Catalog.suite(argument.substring(0, dot)), argument);
  }

  private static Path path(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException("option " + option + ": must be followed by a path");
    }
    return Path.of(rest.next());
  }

  private static Path existing(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException("--dir " + directory + ": must be a directory");
    }
    return directory;
  }
}
