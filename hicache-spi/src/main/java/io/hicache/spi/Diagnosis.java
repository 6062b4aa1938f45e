package io.hicache.spi;

import java.util.List;
import java.util.Objects;

/**
 * Whether a backend would work here.
 *
 * @param available whether it would
 * @param version what was found: the library's or the server's version, or what stands for it
 * @param findings what was looked at and how it was found, one line each
 * @param remedies what to do about what is missing, one line each: a command or a setting; empty if
 *     available
 */
public record Diagnosis(
    boolean available, String version, List<String> findings, List<String> remedies) {

  /** Copies the lists. */
  public Diagnosis {
    Objects.requireNonNull(version, "version");
    findings = List.copyOf(findings);
    remedies = List.copyOf(remedies);
  }
}
