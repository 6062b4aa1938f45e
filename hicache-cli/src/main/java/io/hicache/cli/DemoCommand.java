package io.hicache.cli;

import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stores a prompt's pages in this JVM and has another one restore them. */
@Command(
    name = "demo",
    description = {
      "Stores a prompt's pages in this JVM; then a second JVM gets the same text and a follow-up",
      "question, finds the longest prefix that is stored, restores it and checks every byte.",
      "The pages go to a directory that is removed afterwards, unless -O dir= names one."
    },
    footer = {
      "",
      "Exit codes: 0 every byte came back, 1 pages were missing, 2 wrong use, 3 a byte was wrong or",
      "a page damaged, 4 the store failed.",
      "",
      "Examples:",
      "  ./hicache demo",
      "  ./hicache demo --text README.md -O dir=/var/cache/hicache --json"
    })
final class DemoCommand implements Callable<Integer> {
  /** The shell's code for a process that was told to end: 128 and SIGINT. */
  private static final int ENDED = 130;

  @Mixin private BackendOptions backend;
  @Mixin private Results results;

  @Option(
      names = "--text",
      paramLabel = "FILE",
      description = "The prompt, text in UTF-8. Default: a harbour's handbook of 16 KB.")
  private Optional<Path> text = Optional.empty();

  @Override
  public Integer call() throws IOException {
    Cleanup cleanup = new Cleanup();
    try (cleanup) {
      return run(cleanup);
    } catch (RuntimeException e) {
      if (cleanup.ending()) {
        return ENDED;
      }
      throw e;
    }
  }

  private int run(Cleanup cleanup) throws IOException {
    PrintWriter err = results.progress();
    DemoPrompt prompt = DemoPrompt.of(DemoPrompt.text(text));
    Map<String, String> options = options(cleanup);
    err.println("hicache: storing %d pages".formatted(prompt.keys().size()));
    DemoWriter.Stored stored = store(prompt, options, cleanup, err);
    err.println("hicache: starting a second JVM, which restores them");
    DemoReader.Restored restored = SecondJvm.restore(backend.name(), options, text, cleanup);
    DemoResult result = new DemoResult(backend.name(), DemoModel.PAGE_BYTES, stored, restored);
    results.print(result, result.table());
    return result.exitCode();
  }

  /** Gives the file backend a directory of the demo's own, unless the user names one. */
  private Map<String, String> options(Cleanup cleanup) throws IOException {
    Map<String, String> options = new TreeMap<>(backend.options());
    if (backend.name().equals("file") && !options.containsKey("dir")) {
      options.put("dir", TemporaryDirectory.create(cleanup).toString());
    }
    return options;
  }

  private DemoWriter.Stored store(
      DemoPrompt prompt, Map<String, String> options, Cleanup cleanup, PrintWriter err) {
    try (HiCacheStorage storage =
        HiCacheStorages.open(backend.name(), BackendOptions.with(DemoModel.CONFIG, options))) {
      cleanup.add(storage::close);
      return new DemoWriter(storage, err).store(prompt);
    }
  }
}
