package io.hicache.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * One run of the command in this process.
 *
 * @param code its exit code
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
record Cli(int code, String out, String err) {
  static Cli run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Cli(code, out.toString(), err.toString());
  }

  /** Returns stdout, of which there must be one line. */
  String line() {
    return one(out);
  }

  /** Returns stderr, of which there must be one line. */
  String error() {
    return one(err);
  }

  private static String one(String text) {
    if (text.lines().count() != 1) {
      throw new AssertionError("must be one line:\n" + text);
    }
    return text.strip();
  }
}
