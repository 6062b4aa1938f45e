package io.hicache.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.BatchResult;
import io.hicache.FaultKind;
import io.hicache.Outcome;
import io.hicache.PoolName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTest {
  @TempDir private Path directory = Path.of("directory");

  @Test
  void conversation_throughAFailure_isServedRightAndRestoresWhatItCan() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    List<Engine.Served> all = Main.serve(directory, new PrintStream(out, true, UTF_8));

    assertTrue(all.stream().allMatch(Engine.Served::right), () -> out.toString(UTF_8));
    assertEquals(
        List.of(0, 10, 10, 0, 14), all.stream().map(each -> each.found().pages()).toList());
    assertEquals(
        List.of(0, 10, 12, 14, 14),
        all.stream().map(each -> each.found().hits().kvPages()).toList());
    assertEquals(List.of(10), all.get(2).found().hits().restorable(), "12 without its window");
  }

  @Test
  void storeThatGoes_betweenQuestionAndRead_isOutcomesAndNoException() throws Exception {
    List<Engine.Served> all =
        Main.serve(directory, new PrintStream(OutputStream.nullOutputStream(), true, UTF_8));

    Engine.Served failed = all.get(3);
    BatchResult read = Objects.requireNonNull(failed.found().read().get(PoolName.KV));
    assertEquals(0, read.count(Outcome.DONE));
    BatchResult written = Objects.requireNonNull(failed.written().get().get(PoolName.KV));
    assertEquals(0, written.count(Outcome.DONE), written::toString);
    assertEquals(
        FaultKind.UNAVAILABLE,
        failed.written().get().values().stream()
            .flatMap(each -> each.firstFailure().stream())
            .findFirst()
            .orElseThrow()
            .kind());
    assertEquals(Future.State.SUCCESS, failed.written().state());
  }

  @Test
  void example_asAWhole_isReadInTenMinutes() throws IOException {
    try (Stream<Path> tree = Files.walk(Path.of("src/main/java"))) {
      long lines = 0;
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        lines += Files.readAllLines(file).size();
      }
      assertTrue(lines <= 200, lines + " lines");
    }
  }
}
