package io.hicache.file.engine;

import io.hicache.ffm.NativeFiles;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How the engine works.
 *
 * @param checksums whether the content's checksum is recorded by writes and compared by reads
 * @param ioThreads most threads on one batch, its caller's included; at least 1
 * @param nativeFiles the C library's calls; empty to use channels
 * @param directIo whether pages move past the page cache
 * @param limits how much the store may take; empty for all there is
 * @param closeTimeout how long closing waits for calls in flight
 */
public record EngineConfig(
    boolean checksums,
    int ioThreads,
    Optional<NativeFiles> nativeFiles,
    DirectIo directIo,
    Optional<Limits> limits,
    Duration closeTimeout) {

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if there is no thread
   */
  public EngineConfig {
    Objects.requireNonNull(nativeFiles, "nativeFiles");
    Objects.requireNonNull(directIo, "directIo");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(closeTimeout, "closeTimeout");
    if (ioThreads < 1) {
      throw new IllegalArgumentException("ioThreads " + ioThreads + ": must be at least 1");
    }
  }
}
