package io.hicache.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param file where it is
 * @param text what it says
 */
record MarkdownPage(Path file, String text) {
  /** A fenced block and the line it begins at. */
  record Fence(String language, int line, String text) {}

  /** The directory of the whole project. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  static MarkdownPage of(String file) throws IOException {
    Path path = ROOT.resolve(file);
    return new MarkdownPage(path, Files.readString(path));
  }

  /** Returns every page: those beside the README, and those in docs. */
  static List<MarkdownPage> all() throws IOException {
    List<MarkdownPage> pages = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      for (Path file : Stream.concat(top, docs).sorted().toList()) {
        if (file.toString().endsWith(".md") && !file.toString().contains("/target/")) {
          pages.add(new MarkdownPage(file, Files.readString(file)));
        }
      }
    }
    return pages;
  }

  String name() {
    return ROOT.relativize(file).toString();
  }

  List<Fence> fences() {
    List<Fence> fences = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    String language = "";
    int begin = 0;
    int number = 0;
    for (String line : text().lines().toList()) {
      number++;
      if (line.startsWith("```")) {
        if (begin > 0) {
          fences.add(new Fence(language, begin, text.toString()));
          text.setLength(0);
        }
        language = line.substring(3).strip();
        begin = begin > 0 ? 0 : number;
      } else if (begin > 0) {
        text.append(line).append('\n');
      }
    }
    if (begin > 0) {
      throw new IllegalStateException(name() + ":" + begin + ": fence without an end");
    }
    return fences;
  }

  /** Returns the text without its fenced blocks. */
  String prose() {
    return text.replaceAll("(?ms)^```.*?^```", "");
  }
}
