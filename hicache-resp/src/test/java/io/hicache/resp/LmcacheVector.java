package io.hicache.resp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One line of what LMCache wrote, {@code lmcache.tsv} in the test resources: its kind, then fields
 * between tabs.
 */
record LmcacheVector(List<String> fields) {
  static List<LmcacheVector> read(String kind) {
    try (InputStream in = LmcacheVector.class.getResourceAsStream("lmcache.tsv")) {
      byte[] text = Objects.requireNonNull(in, "lmcache.tsv").readAllBytes();
      return new String(text, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(kind + "\t"))
          .map(line ->
              new LmcacheVector(Arrays.asList(line.split("\t", -1)).subList(1, count(line))))
          .toList();
    } catch (IOException e) {
      throw new AssertionError("the vectors cannot be read", e);
    }
  }

  private static int count(String line) {
    return line.split("\t", -1).length;
  }

  String field(int index) {
    return fields.get(index);
  }

  @Override
  public String toString() {
    return String.join(" ", fields);
  }
}
