package io.hicache.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs cells in JVMs of their own, by JMH, and brings their rounds back. */
final class JmhForks implements Session.Forks {
  private final Path directory;

  /**
   * Prepares to run cells.
   *
   * @param directory the directory under which they store
   */
  JmhForks(Path directory) {
    this.directory = directory;
  }

  /**
   * Runs one fork.
   *
   * @throws CellFailure if a contestant was not available or failed, with JMH's own words
   */
  @Override
  public Samples run(Cell cell, Plan plan) throws IOException, CellFailure {
    Path file = Files.createTempFile("hicache-bench-", ".json");
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (PrintStream print = new PrintStream(log, true, StandardCharsets.UTF_8)) {
      OutputFormat format = OutputFormatFactory.createFormatInstance(print, VerboseMode.NORMAL);
      new Runner(options(cell, plan, file), format).run();
      return new Samples(List.of(SampleFile.read(file)));
    } catch (RunnerException e) {
      throw new CellFailure(cell.name(), log.toString(StandardCharsets.UTF_8), e);
    } finally {
      Files.delete(file);
    }
  }

  private Options options(Cell cell, Plan plan, Path file) {
    return new OptionsBuilder()
        .include("^" + Rounds.class.getName().replace(".", "\\.") + "\\.round$")
        .param("cell", cell.name())
        .forks(1)
        .warmupIterations(plan.warmups())
        .measurementIterations(plan.rounds())
        .jvmArgsAppend(
            "--enable-native-access=ALL-UNNAMED",
            "-Xms" + cell.heap(),
            "-Xmx" + cell.heap(),
            "-XX:MaxDirectMemorySize=8g",
            "-D" + Rounds.REHEARSAL + "=" + plan.rehearsal().toMillis(),
            "-D" + Rounds.SAMPLES + "=" + file,
            "-D" + Rounds.DIRECTORY + "=" + directory.toAbsolutePath())
        .shouldFailOnError(true)
        .build();
  }
}
