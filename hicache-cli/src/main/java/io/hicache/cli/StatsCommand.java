package io.hicache.cli;

import io.hicache.HiCacheStorage;
import io.hicache.StoreReport;
import io.hicache.spi.Units;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what the store says of itself. */
@Command(
    name = "stats",
    description = "Shows what the store says of itself; it may look at every page.",
    footer = {"", "Example:", "  ./hicache stats --namespace 5d41402abc4b2a76 --json"})
final class StatsCommand implements Callable<Integer> {
  @Mixin private StoreOptions store;
  @Mixin private Results results;

  @Override
  public Integer call() {
    try (HiCacheStorage open = store.open()) {
      StoreReport report = open.inspect();
      results.print(json(report), text(report));
      return ExitCode.DONE;
    }
  }

  private static Map<String, Object> json(StoreReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("backend", report.backend());
    json.put("namespace", report.namespace());
    report.pages().ifPresent(pages -> json.put("pages", pages));
    report.bytes().ifPresent(bytes -> json.put("bytes", bytes));
    report.budgetBytes().ifPresent(bytes -> json.put("budgetBytes", bytes));
    json.put("details", new TreeMap<>(report.details()));
    return json;
  }

  private static String text(StoreReport report) {
    StringJoiner text = new StringJoiner("\n");
    text.add(row("backend", report.backend()));
    text.add(row("namespace", report.namespace()));
    text.add(row("pages", number(report.pages())));
    text.add(row("bytes", number(report.bytes())));
    text.add(row("budget", report.budgetBytes().isEmpty() ? "none" : budget(report)));
    new TreeMap<>(report.details()).forEach((name, value) -> text.add(row(name, value)));
    return text.toString();
  }

  private static String budget(StoreReport report) {
    return Units.ofBytes(report.budgetBytes().orElseThrow());
  }

  private static String number(OptionalLong value) {
    return value.isPresent() ? Long.toString(value.getAsLong()) : "the store cannot tell";
  }

  private static String row(String name, String value) {
    return "%-20s %s".formatted(name, value);
  }
}
