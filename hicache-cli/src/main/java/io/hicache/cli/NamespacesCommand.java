package io.hicache.cli;

import io.hicache.spi.NamespaceRecord;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the namespaces that a store holds. */
@Command(
    name = "namespaces",
    description = "Lists the namespaces that a store holds: the id, and what its pages belong to.",
    footer = {"", "Example:", "  ./hicache namespaces -O dir=/var/cache/hicache"})
final class NamespacesCommand implements Callable<Integer> {
  private record Row(String id, TreeMap<String, String> fields) {}

  @Mixin private BackendOptions backend;
  @Mixin private Results results;

  @Override
  public Integer call() {
    List<NamespaceRecord> records = backend.namespaces();
    results.print(
        records.stream().map(each -> new Row(each.id(), new TreeMap<>(each.fields()))).toList(),
        records.isEmpty()
            ? "none"
            : records.stream().map(NamespacesCommand::text).collect(Collectors.joining("\n")));
    return ExitCode.DONE;
  }

  private static String text(NamespaceRecord record) {
    return new TreeMap<>(record.fields())
        .entrySet().stream()
            .map(field -> field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining(" ", record.id() + "\t", ""));
  }
}
