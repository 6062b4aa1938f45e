package io.hicache.cli;

import java.util.Locale;
import java.util.StringJoiner;

/**
 * What the demo found out.
 *
 * @param backend where the pages were
 * @param storedLayout the order of their bytes there
 * @param pageBytes bytes a page
 * @param stored what the first process did
 * @param restored what the second process did
 */
record DemoResult(
    String backend,
    String storedLayout,
    int pageBytes,
    DemoWriter.Stored stored,
    DemoReader.Restored restored) {
  private static final double MIB = 1 << 20;

  /** Returns what to tell the shell: wrong bytes weigh most. */
  int exitCode() {
    if (restored.wrongBytes() > 0 || restored.damaged() > 0) {
      return ExitCode.MISMATCH;
    }
    return restored.restored() < stored.pages() ? ExitCode.ABSENT : ExitCode.DONE;
  }

  /** Returns the result for people. */
  String table() {
    StringJoiner table = new StringJoiner("\n");
    table.add(row("", "stored", "restored"));
    table.add(row("process", "JVM " + stored.pid(), "JVM " + restored.pid()));
    table.add(row("layout of the pool", stored.layout(), restored.layout()));
    table.add(row("layout in the store", storedLayout, storedLayout));
    table.add(row("tokens of the prompt", count(stored.tokens()), count(restored.tokens())));
    table.add(row("pages of " + DemoModel.PAGE_TOKENS, count(stored.pages()), pages()));
    table.add(row("already there", count(stored.kept()), ""));
    table.add(row("bytes", count(stored.bytes()), count(restored.bytes())));
    table.add(row("MiB/s, one cold run", speed(stored.bytes(), stored.seconds()), readSpeed()));
    table.add(row("hit rate", "", percent(restored.found(), restored.pages())));
    table.add(row("prefill saved", "", count(savedTokens()) + " tokens"));
    table.add(row("damaged pages", "", count(restored.damaged())));
    table.add(row("wrong bytes", "", count(restored.wrongBytes())));
    table.add("");
    table.add("A page is " + DemoModel.description() + ".");
    table.add(verdict());
    return table.toString();
  }

  private long savedTokens() {
    return (long) restored.restored() * DemoModel.PAGE_TOKENS;
  }

  private String verdict() {
    return switch (exitCode()) {
      case ExitCode.DONE -> "Every page came back from " + backend + ", and every byte is right.";
      case ExitCode.ABSENT -> "Pages are missing from " + backend + ".";
      default -> "Bytes came back WRONG from " + backend + ".";
    };
  }

  private String pages() {
    return "%d of %d".formatted(restored.restored(), restored.pages());
  }

  private String readSpeed() {
    return speed(restored.bytes(), restored.seconds());
  }

  private static String speed(long bytes, double seconds) {
    return bytes == 0 ? "-" : count(Math.round(bytes / MIB / seconds));
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String row(String name, String stored, String restored) {
    return "%-22s %16s %20s".formatted(name, stored, restored).stripTrailing();
  }
}
