package io.hicache.cli;

import io.hicache.Feature;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.spi.Quoted;
import io.hicache.spi.Units;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads a page into a file. */
@Command(
    name = "get",
    description = "Reads a page into a file; the file is written whole, or not touched.",
    footer = {
      "",
      "Exit codes: 0 done, 1 absent, 2 wrong use, 3 the page is damaged or of another length,",
      "4 the store failed.",
      "",
      "Examples:",
      "  ./hicache get my-page page.bin",
      "  ./hicache get my-page - --namespace 5d41402abc4b2a76 | sha256sum"
    })
final class GetCommand implements Callable<Integer> {
  private record Got(String key, String outcome, long bytes) {}

  @Mixin private StoreOptions store;
  @Mixin private Results results;

  @Option(
      names = "--length",
      paramLabel = "SIZE",
      description =
          "The page's length in bytes, or with a unit, as in 1MiB; needed where the store cannot"
              + " tell it.")
  private Optional<String> length = Optional.empty();

  @Parameters(index = "0", paramLabel = "KEY", description = "The page's key.")
  private String key;

  @Parameters(index = "1", paramLabel = "FILE", description = "The file; - writes stdout.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    PageKey name = new PageKey(key);
    OptionalLong given = length.map(GetCommand::size).orElseGet(OptionalLong::empty);
    if (!PageFiles.isStream(file)) {
      PageFiles.writable(file);
    }
    try (Arena arena = Arena.ofShared();
        HiCacheStorage open = store.open()) {
      OptionalLong bytes = given.isPresent() ? given : askLength(open, name);
      if (bytes.isEmpty()) {
        return report(Outcome.ABSENT, 0);
      }
      MemorySegment target = arena.allocate(bytes.getAsLong());
      Outcome outcome = open.get(Page.of(name, target));
      if (outcome == Outcome.DONE) {
        PageFiles.write(file, target, stdout());
      }
      return report(outcome, outcome == Outcome.DONE ? target.byteSize() : 0);
    }
  }

  private OptionalLong askLength(HiCacheStorage open, PageKey name) {
    if (!open.capabilities().has(Feature.TELLS_LENGTH)) {
      throw new IllegalArgumentException(
          "--length: backend %s cannot tell a page's length, so it must be given"
              .formatted(store.backend()));
    }
    return open.length(name);
  }

  private int report(Outcome outcome, long bytes) {
    String text = "%s\t%s\t%d bytes".formatted(key, said(outcome), bytes);
    if (!PageFiles.isStream(file)) {
      results.print(new Got(key, outcome.toString(), bytes), text);
    } else if (outcome != Outcome.DONE) {
      results.progress().println("hicache: " + text);
    }
    return switch (outcome) {
      case DONE -> ExitCode.DONE;
      case ABSENT -> ExitCode.ABSENT;
      case MISMATCH -> ExitCode.MISMATCH;
      default -> ExitCode.STORE_FAILED;
    };
  }

  private static String said(Outcome outcome) {
    return switch (outcome) {
      case DONE -> "read";
      case ABSENT -> "absent";
      case MISMATCH -> "damaged or of another length; nothing written";
      default -> outcome.toString();
    };
  }

  private static OptionalLong size(String text) {
    try {
      boolean bare = !text.isEmpty() && text.chars().allMatch(Character::isDigit);
      long bytes = bare ? Units.number(text) : Units.bytes(text);
      return OptionalLong.of(Units.between(bytes, 1, Page.MAX_BYTES));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--length %s: %s".formatted(Quoted.of(text), e.getMessage()), e);
    }
  }

  @SuppressWarnings("resource") // stdout stays open
  private static WritableByteChannel stdout() {
    return new FileOutputStream(FileDescriptor.out).getChannel();
  }
}
