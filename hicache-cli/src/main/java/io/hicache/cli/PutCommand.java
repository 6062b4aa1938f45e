package io.hicache.cli;

import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores a file as a page. */
@Command(
    name = "put",
    description = "Stores a file as a page. A page that is already there is kept.",
    footer = {
      "",
      "Examples:",
      "  ./hicache put my-page page.bin",
      "  ./hicache put my-page page.bin --overwrite -O dir=/var/cache/hicache",
      "  head -c 1M /dev/urandom | ./hicache put my-page -"
    })
final class PutCommand implements Callable<Integer> {
  private record Put(String key, String outcome, long bytes) {}

  @Mixin private StoreOptions store;
  @Mixin private Results results;

  @Option(names = "--overwrite", description = "Replaces a page that is already there.")
  private boolean overwrite;

  @Parameters(index = "0", paramLabel = "KEY", description = "The page's key.")
  private String key;

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "The file, 1 byte to 64 MiB; - reads stdin.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    PageKey name = new PageKey(key);
    try (Arena arena = Arena.ofShared()) {
      MemorySegment bytes = PageFiles.read(file, arena);
      try (HiCacheStorage open = store.open()) {
        Outcome outcome =
            open.set(Page.of(name, bytes), CallOptions.DEFAULT.withOverwrite(overwrite));
        results.print(
            new Put(key, outcome.toString(), bytes.byteSize()),
            "%s\t%s\t%d bytes".formatted(key, said(outcome), bytes.byteSize()));
        return outcome.success() ? ExitCode.DONE : ExitCode.STORE_FAILED;
      }
    }
  }

  private static String said(Outcome outcome) {
    return switch (outcome) {
      case DONE -> "stored";
      case KEPT -> "kept, it was already there";
      default -> outcome.toString();
    };
  }
}
