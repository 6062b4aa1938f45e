package io.hicache.spi;

import io.hicache.Region;

/** The rules on memory to be registered that a region's own type cannot check. */
final class RegionChecks {
  private static final Thread STRANGER = Thread.ofPlatform().unstarted(() -> {});

  private RegionChecks() {}

  /**
   * Checks a region.
   *
   * @throws IllegalArgumentException if it is out of every thread's reach, or on a device the
   *     backend does not take
   */
  static void check(Region region, boolean deviceMemory) {
    String broken =
        switch (region) {
          case Region.Host host when !host.memory().scope().isAlive() ->
              "must be alive, but its arena is closed";
          case Region.Host host when !host.memory().isAccessibleBy(STRANGER) ->
              "must be memory that every thread may reach, but is confined to one";
          case Region.Device device when !deviceMemory ->
              "is device memory, which this backend does not take";
          case Region.Host host -> "";
          case Region.Device device -> "";
        };
    if (!broken.isEmpty()) {
      throw new IllegalArgumentException(
          "region of %d bytes: %s".formatted(region.bytes(), broken));
    }
  }
}
