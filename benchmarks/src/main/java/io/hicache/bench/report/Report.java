package io.hicache.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.hicache.bench.stats.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of a run.
 *
 * @param host where it ran
 * @param effort how much it could take: {@code full} or {@code quick}
 * @param cells what came of each cell, in the order they ran
 */
public record Report(Host host, String effort, List<CellReport> cells) {

  /** Returns every figure that has a target, in order. */
  public List<FigureRow> judged() {
    return figures().filter(figure -> figure.target() != null).toList();
  }

  /** Returns the lines that a run closes with. */
  public List<String> closingLines() {
    return judged().stream().map(FigureRow::line).toList();
  }

  /** Returns the report as JSON. */
  public String json() {
    try {
      return mapper().writeValueAsString(this) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the report for people: a page, the plot it shows, and the JSON behind both.
   *
   * @param directory where to; made if need be
   */
  public void publish(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("README.md"), MarkdownPage.of(this));
    Files.writeString(directory.resolve("ratios.svg"), RatioPlot.of(judged()));
    Files.writeString(directory.resolve("results.json"), json());
  }

  private Stream<FigureRow> figures() {
    return cells.stream().flatMap(cell -> cell.figures().stream());
  }

  private static ObjectMapper mapper() {
    SimpleModule words = new SimpleModule();
    words.addSerializer(Target.class, ToStringSerializer.instance);
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
        .addModule(words)
        .build();
  }
}
