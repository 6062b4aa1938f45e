package io.hicache.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a subcommand, and what all subcommands share. */
@Command(
    name = "hicache",
    description = "Stores and restores the pages of a KV cache.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    subcommands = {
      DemoCommand.class,
      DemoRestoreCommand.class,
      DoctorCommand.class,
      PutCommand.class,
      GetCommand.class,
      ExistsCommand.class,
      DeleteCommand.class,
      StatsCommand.class,
      ClearCommand.class,
      NamespacesCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 absent (get, exists), 2 wrong use, 3 mismatch: the stored page is",
      "damaged or of another length, 4 the store failed."
    })
final class HicacheCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Shows an error's whole story, and the store's own log lines.")
  private boolean verbose;

  boolean verbose() {
    return verbose;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
