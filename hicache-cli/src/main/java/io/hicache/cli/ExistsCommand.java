package io.hicache.cli;

import io.hicache.BatchResult;
import io.hicache.HiCacheStorage;
import io.hicache.PageKey;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells which keys are present. */
@Command(
    name = "exists",
    description = "Tells which keys are present, a line each; exit code 1 if one is absent.",
    footer = {"", "Example:", "  ./hicache exists my-page another-page"})
final class ExistsCommand implements Callable<Integer> {
  @Mixin private StoreOptions store;
  @Mixin private Results results;

  @Parameters(arity = "1..*", paramLabel = "KEY", description = "The pages' keys.")
  private List<String> values;

  @Override
  public Integer call() {
    List<PageKey> keys = KeyRows.keys(values);
    try (HiCacheStorage open = store.open()) {
      BatchResult result = open.batchPresent(keys);
      KeyRows.print(results, keys, result, "present");
      return result.allDone() ? ExitCode.DONE : ExitCode.ABSENT;
    }
  }
}
