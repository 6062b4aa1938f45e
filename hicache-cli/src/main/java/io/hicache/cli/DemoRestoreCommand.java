package io.hicache.cli;

import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.PageLayout;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What the demo's second process runs: it is told the backend's options in one line of JSON on
 * stdin, because they may hold a password, and its result is one line of JSON too.
 */
@Command(name = DemoRestoreCommand.NAME, hidden = true)
final class DemoRestoreCommand implements Callable<Integer> {
  static final String NAME = "demo-restore";

  @Spec private CommandSpec spec;

  @Option(names = "--backend", required = true)
  private String backend = "";

  @Option(names = "--text", paramLabel = "FILE")
  private Optional<Path> text = Optional.empty();

  @Option(names = "--layout", converter = LayoutName.class)
  private Optional<PageLayout> layout = Optional.empty();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    DemoPrompt prompt = DemoPrompt.of(DemoPrompt.text(text), DemoPrompt.followUp());
    DemoRoute route = DemoRoute.of(layout);
    try (DemoPool pool = DemoPool.of(route.layout(), prompt.keys().size());
        HiCacheStorage storage =
            HiCacheStorages.open(backend, route.config(backend, SecondJvm.options(System.in)))) {
      DemoReader reader =
          new DemoReader(storage, pool, route.bySlot(), spec.commandLine().getErr());
      out.println(Results.line(reader.restore(prompt)));
      out.flush();
      return ExitCode.DONE;
    }
  }
}
