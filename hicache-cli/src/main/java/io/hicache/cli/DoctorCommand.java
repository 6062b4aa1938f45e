package io.hicache.cli;

import io.hicache.HiCacheStorages;
import io.hicache.StorageConfig;
import io.hicache.spi.Diagnosis;
import io.hicache.spi.Providers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells which backends would work here, what is missing and how to get it. */
@Command(
    name = "doctor",
    description = "Tells which backends would work here, what is missing and how to get it.",
    footer = {
      "",
      "Exit codes: 0 told, 2 wrong use, 4 the backend named by --backend would not work.",
      "",
      "Examples:",
      "  ./hicache doctor",
      "  ./hicache doctor --backend file -O dir=/mnt/shared/hicache"
    })
final class DoctorCommand implements Callable<Integer> {
  private record Finding(
      String backend,
      boolean available,
      String version,
      List<String> findings,
      List<String> remedies) {}

  private record Report(Map<String, String> machine, List<Finding> backends) {}

  @Mixin private Results results;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "Looks at this backend only. Default: all of them.")
  private Optional<String> backend = Optional.empty();

  @Option(
      names = {"-O", "--option"},
      paramLabel = "KEY=VALUE",
      description = "An option of that backend; repeatable.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Override
  public Integer call() {
    if (backend.isEmpty() && !options.isEmpty()) {
      throw new IllegalArgumentException("-O: belongs to one backend, so --backend must name it");
    }
    List<Finding> findings = new ArrayList<>();
    if (backend.isPresent()) {
      findings.add(look(backend.get()));
    } else {
      HiCacheStorages.backends().forEach(name -> findings.add(look(name)));
      new TreeMap<>(Providers.artifacts())
          .forEach((name, artifact) -> {
            if (!HiCacheStorages.backends().contains(name)) {
              findings.add(notHere(name, artifact));
            }
          });
    }
    Map<String, String> machine = Machine.facts();
    results.print(new Report(machine, findings), text(machine, findings));
    boolean asked = backend.isEmpty() || findings.get(0).available();
    return asked ? ExitCode.DONE : ExitCode.STORE_FAILED;
  }

  private Finding look(String name) {
    StorageConfig config = BackendOptions.with(BackendOptions.BY_HAND, options);
    Diagnosis told = Providers.find(name).diagnose(config);
    return new Finding(name, told.available(), told.version(), told.findings(), told.remedies());
  }

  private static Finding notHere(String name, String artifact) {
    return new Finding(
        name,
        false,
        "not on the class path",
        List.of(),
        List.of("add " + artifact + ", in a release that has it"));
  }

  private static String text(Map<String, String> machine, List<Finding> findings) {
    StringJoiner text = new StringJoiner("\n");
    machine.forEach((name, value) -> text.add("%-10s %s".formatted(name, value)));
    for (Finding each : findings) {
      text.add("");
      text.add(
          "%-10s %s (%s)"
              .formatted(
                  each.backend(),
                  each.available() ? "available" : "NOT AVAILABLE",
                  each.version()));
      each.findings().forEach(line -> text.add("           " + line));
      each.remedies().forEach(line -> text.add("           to do: " + line));
    }
    return text.toString();
  }
}
