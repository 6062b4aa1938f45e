package io.hicache.cli;

import io.hicache.HiCacheStorage;
import io.hicache.PageKey;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes pages. */
@Command(
    name = "delete",
    description = "Deletes pages, a line each; a page that is absent is no error.",
    footer = {"", "Example:", "  ./hicache delete my-page another-page"})
final class DeleteCommand implements Callable<Integer> {
  @Mixin private StoreOptions store;
  @Mixin private Results results;

  @Parameters(arity = "1..*", paramLabel = "KEY", description = "The pages' keys.")
  private List<String> values;

  @Override
  public Integer call() {
    List<PageKey> keys = KeyRows.keys(values);
    try (HiCacheStorage open = store.open()) {
      KeyRows.print(results, keys, open.batchDelete(keys), "deleted");
      return ExitCode.DONE;
    }
  }
}
