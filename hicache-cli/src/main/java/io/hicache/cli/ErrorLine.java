package io.hicache.cli;

import io.hicache.HiCacheException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells an error in one line, with what to do next, and chooses the exit code. */
final class ErrorLine implements IExecutionExceptionHandler, IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    report(
        command,
        e,
        e.getMessage() + "; try: ./" + help,
        Arrays.asList(arguments).contains("--verbose"));
    return ExitCode.WRONG_USE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    boolean verbose =
        command.getCommandSpec().root().userObject() instanceof HicacheCommand top && top.verbose();
    report(command, e, message(e), verbose);
    return code(e);
  }

  private static int code(Exception e) {
    return switch (e) {
      case HiCacheException fault -> ExitCode.STORE_FAILED;
      case IllegalArgumentException mistake -> ExitCode.WRONG_USE;
      case IOException file -> ExitCode.WRONG_USE;
      default -> ExitCode.STORE_FAILED;
    };
  }

  private static String message(Exception e) {
    return switch (e) {
      case HiCacheException fault ->
          "%s (%s); %s".formatted(fault.getMessage(), kind(fault), next(fault));
      case IllegalArgumentException mistake -> String.valueOf(mistake.getMessage());
      case IOException file -> fileTrouble(file);
      default -> e + "; this is a fault of hicache's own: add --verbose and report it";
    };
  }

  private static String kind(HiCacheException fault) {
    return fault.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String next(HiCacheException fault) {
    return switch (fault.kind()) {
      case UNAVAILABLE -> "./hicache doctor tells what the backend needs";
      case TIMEOUT -> "the store is slow or hung: try again later";
      case REFUSED -> "trying again will not help: look at the store's permissions and free space";
      case INTERNAL -> "--verbose shows the whole story";
    };
  }

  private static String fileTrouble(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "file " + missing.getFile() + ": not found";
      case FileSystemException named when named.getReason() == null ->
          "file %s: %s".formatted(named.getFile(), named.getClass().getSimpleName());
      case FileSystemException named -> "file %s: %s".formatted(named.getFile(), named.getReason());
      default -> String.valueOf(e.getMessage());
    };
  }

  private static void report(CommandLine command, Exception e, String message, boolean verbose) {
    PrintWriter err = command.getErr();
    err.println("hicache: " + message.replaceAll("\\R+", " "));
    if (verbose) {
      e.printStackTrace(err);
    }
    err.flush();
  }
}
