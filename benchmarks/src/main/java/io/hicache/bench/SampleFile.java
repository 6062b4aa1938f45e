package io.hicache.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How a fork hands its rounds to the process that started it: JSON, an array of rounds. */
final class SampleFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SampleFile() {}

  static void write(Path file, List<List<Sample>> rounds) throws IOException {
    JSON.writeValue(file.toFile(), rounds);
  }

  static List<List<Sample>> read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), new TypeReference<>() {});
  }
}
