package io.hicache.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hicache.bench.Contestant;
import io.hicache.bench.stats.Target;
import io.hicache.bench.stats.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ReportTest {
  private static final FigureRow GOOD =
      new FigureRow("a.off", "ours ÷ bare", 0.95, 0.91, 0.99, Target.atLeast(0.9), Verdict.OK);
  private static final FigureRow BAD =
      new FigureRow("a.on", "ours ÷ checked", 0.5, 0.4, 0.6, Target.atLeast(0.95), Verdict.SHORT);
  private static final FigureRow HEAP =
      new FigureRow("a.heap", "heap of ours", 1500, 1490, 1510, Target.atMost(2048), Verdict.OK);
  private static final FigureRow ONLY_TOLD =
      new FigureRow("a.loop", "ours ÷ loop", 1.2, 1.1, 1.3, null, null);
  private static final Host HOST =
      new Host("2026-01-02", "A processor", 2, 24, "Linux 6", "ext4", "cubic", "JDK 25", "abc1234");
  private static final Report REPORT =
      new Report(
          HOST,
          "quick",
          List.of(
              new CellReport(
                  "a",
                  2,
                  30,
                  "MiB/s",
                  "CPU ms/GiB",
                  List.of(
                      new ContestantRow("bare", Contestant.Kind.FLOOR, 900.04, 730, 88.2, 64, 64),
                      new ContestantRow("ours", Contestant.Kind.OURS, 855, 1500, 90, 64, 60)),
                  List.of(new FigureRow("a.twins", "twin ÷ bare", 1.01, 0.98, 1.02, null, null)),
                  List.of(GOOD, BAD, HEAP, ONLY_TOLD))));

  @TempDir private Path directory;

  @Test
  void closingLines_figuresWithATarget_areTabbedInOrder() {
    assertEquals(
        List.of(
            "a.off\t0.950\t>=0.90\tok", "a.on\t0.500\t>=0.95\tshort", "a.heap\t1500\t<=2048\tok"),
        REPORT.closingLines());
  }

  @Test
  void text_aCell_alignsItsColumnsAndShowsWhatWasNotDone() {
    assertEquals(
        """
        a: 2 JVMs, 30 rounds; twins 1.010 [0.980, 1.020]
          contestant  MiB/s  heap B/page  CPU ms/GiB  pages done
          bare        900.0          730          88  64
          ours        855.0         1500          90  60 of 64

          figure  measured        value  95 % interval   target  verdict
          a.off   ours ÷ bare     0.950  [0.910, 0.990]  >=0.90  ok
          a.on    ours ÷ checked  0.500  [0.400, 0.600]  >=0.95  short
          a.heap  heap of ours     1500  [1490, 1510]    <=2048  ok
          a.loop  ours ÷ loop     1.200  [1.100, 1.300]  –

        """,
        REPORT.cells().getFirst().text());
  }

  @Test
  void json_aReport_holdsHostCellsAndFigures() throws IOException {
    JsonNode json = new ObjectMapper().readTree(REPORT.json());
    assertEquals("abc1234", json.at("/host/commit").asText());
    assertEquals("quick", json.at("/effort").asText());
    assertEquals(60, json.at("/cells/0/contestants/1/done").asInt());
    assertEquals(0.4, json.at("/cells/0/figures/1/low").asDouble());
    assertEquals(">=0.95", json.at("/cells/0/figures/1/target").asText());
    assertEquals("SHORT", json.at("/cells/0/figures/1/verdict").asText());
    assertFalse(json.at("/cells/0/figures/3").has("target"));
  }

  @Test
  void publish_aDirectory_getsThePageThePlotAndTheNumbers() throws Exception {
    REPORT.publish(directory.resolve("a/b"));
    try (Stream<Path> files = Files.list(directory.resolve("a/b"))) {
      assertEquals(
          Set.of("README.md", "ratios.svg", "results.json"),
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
    String page = Files.readString(directory.resolve("a/b/README.md"));
    assertTrue(page.contains("| a.on | 0.500 | [0.400, 0.600] | >=0.95 | short |"), page);
    assertTrue(page.contains("| A processor, 2 cores |"), page);
    assertTrue(page.contains("![Every ratio beside its target](ratios.svg)"), page);
  }

  @Test
  void plot_aReport_drawsTheRatiosAlone() throws Exception {
    String svg = RatioPlot.of(REPORT.judged());
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertEquals(2, document.getElementsByTagName("circle").getLength());
    assertTrue(svg.contains(">a.off<") && svg.contains(">a.on<") && !svg.contains("a.heap"), svg);
  }

  @Test
  void host_thisMachine_isDescribedWithoutItsName() throws IOException {
    Host host = Host.here(directory);
    assertTrue(host.cores() > 0 && !host.fileSystem().isEmpty(), host::toString);
    assertTrue(host.date().matches("\\d{4}-\\d\\d-\\d\\d"), host::toString);
    assertFalse(host.toString().contains(directory.toString()), host::toString);
  }
}
