package io.hicache.cli;

import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.PageLayout;
import io.hicache.spi.CommonOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
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
      "The pages go to a directory that is removed afterwards, unless -O dir= names one; with",
      "backends redis and valkey to a server that is started for it, unless -O url= names one.",
      "With --layout each JVM has a host pool and names its slots (v1), the second's in another",
      "layout: what the one stored in its order comes back in the other's."
    },
    footer = {
      "",
      "Exit codes: 0 every byte came back, 1 pages were missing, 2 wrong use, 3 a byte was wrong or",
      "a page damaged, 4 the store failed.",
      "",
      "Examples:",
      "  ./hicache demo",
      "  ./hicache demo --layout page_first",
      "  ./hicache demo --backend valkey",
      "  ./hicache demo --text README.md -O dir=/var/cache/hicache --json"
    })
final class DemoCommand implements Callable<Integer> {
  /** The shell's code for a process that was told to end: 128 and SIGINT. */
  private static final int ENDED = 130;

  private static final String STORED_LAYOUT = CommonOptions.STORED_LAYOUT.name();

  @Mixin private BackendOptions backend;
  @Mixin private Results results;

  @Option(
      names = "--text",
      paramLabel = "FILE",
      description = "The prompt, text in UTF-8. Default: a harbour's handbook of 16 KB.")
  private Optional<Path> text = Optional.empty();

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      converter = LayoutName.class,
      description = {
        "The layout of the pool that stores: layer_first, page_first, page_first_direct or",
        "page_head; the next of these, in turn, is that of the pool that restores. Pages are stored",
        "in LAYOUT unless -O stored-layout= says another. Default: no host pools, layer_first."
      })
  private Optional<PageLayout> layout = Optional.empty();

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
    DemoRoute route = DemoRoute.of(layout);
    Map<String, String> options = options(route, cleanup, err);
    err.println("hicache: storing %d pages".formatted(prompt.keys().size()));
    DemoWriter.Stored stored = store(prompt, route, options, cleanup, err);
    err.println("hicache: starting a second JVM, which restores them");
    DemoReader.Restored restored =
        SecondJvm.restore(backend.name(), options, route.back(), text, cleanup);
    DemoResult result =
        new DemoResult(
            backend.name(),
            route.stored(backend.name(), options).label(),
            DemoModel.PAGE_BYTES,
            stored,
            restored);
    results.print(result, result.table());
    return result.exitCode();
  }

  /**
   * Gives the file backend a directory of the demo's own and the backends of servers a server,
   * unless the user names one, and tells a store of host pools in which order it keeps pages, which
   * is the same for both.
   */
  private Map<String, String> options(DemoRoute route, Cleanup cleanup, PrintWriter err)
      throws IOException {
    Map<String, String> options = new TreeMap<>(backend.options());
    if (backend.name().equals("file") && !options.containsKey("dir")) {
      options.put("dir", TemporaryDirectory.create(cleanup).toString());
    }
    if (DemoServer.wanted(backend.name(), options.keySet())) {
      String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
      options.putAll(DemoServer.start(backend.name(), path, cleanup, err));
    }
    if (route.bySlot()) {
      PageLayout stored = route.stored(backend.name(), options);
      options.remove(STORED_LAYOUT.replace('-', '_'));
      options.put(STORED_LAYOUT, stored.label());
    }
    return options;
  }

  private DemoWriter.Stored store(
      DemoPrompt prompt,
      DemoRoute route,
      Map<String, String> options,
      Cleanup cleanup,
      PrintWriter err) {
    try (DemoPool pool = DemoPool.of(route.layout(), prompt.keys().size());
        HiCacheStorage storage =
            HiCacheStorages.open(backend.name(), route.config(backend.name(), options))) {
      cleanup.add(storage::close);
      return new DemoWriter(storage, pool, route.bySlot(), err).store(prompt);
    }
  }
}
