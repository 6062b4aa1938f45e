package io.hicache.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Tells the release, as the jar's manifest has it, and the Java that runs it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"hicache " + release(), "Java " + Runtime.version()};
  }

  /** Returns the release; outside a jar there is none. */
  static String release() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "(built from classes)");
  }
}
