package io.hicache.spi;

import io.hicache.DevicePart;
import io.hicache.HostPart;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules on a call's pages that the pages' own types cannot check. */
final class PageChecks {
  /** A thread that never runs: memory it may reach is memory that every thread may reach. */
  private static final Thread STRANGER = Thread.ofPlatform().unstarted(() -> {});

  private PageChecks() {}

  /**
   * Checks the targets of a read.
   *
   * @throws IllegalArgumentException if a part is out of every thread's reach, read-only, or on a
   *     device the backend does not take; or if two parts overlap
   */
  static void targets(List<Page> targets, boolean deviceMemory) {
    for (int i = 0; i < targets.size(); i++) {
      checkParts("targets", i, targets.get(i), true, deviceMemory);
    }
    OverlapCheck.check(targets);
  }

  /**
   * Checks the sources of a write.
   *
   * @throws IllegalArgumentException if a part is out of every thread's reach, or on a device the
   *     backend does not take; or if a key is there twice
   */
  static void sources(List<Page> sources, boolean deviceMemory) {
    for (int i = 0; i < sources.size(); i++) {
      checkParts("sources", i, sources.get(i), false, deviceMemory);
    }
    checkDuplicates(sources);
  }

  private static void checkParts(
      String argument, int index, Page page, boolean target, boolean deviceMemory) {
    List<Part> parts = page.parts();
    for (int i = 0; i < parts.size(); i++) {
      String broken =
          switch (parts.get(i)) {
            case HostPart host -> broken(host.segment(), target);
            case DevicePart device ->
                deviceMemory ? "" : "is device memory, which this backend does not take";
          };
      if (!broken.isEmpty()) {
        throw new IllegalArgumentException(
            "%s[%d] (key %s), part %d of %d bytes: %s"
                .formatted(argument, index, page.key(), i, parts.get(i).bytes(), broken));
      }
    }
  }

  private static String broken(MemorySegment segment, boolean target) {
    if (!segment.scope().isAlive()) {
      return "must be alive, but its arena is closed";
    }
    if (!segment.isAccessibleBy(STRANGER)) {
      return "must be memory that every thread may reach, but is confined to one";
    }
    if (target && segment.isReadOnly()) {
      return "must be writable, but is read-only";
    }
    return "";
  }

  private static void checkDuplicates(List<Page> sources) {
    Map<PageKey, Integer> seen = HashMap.newHashMap(sources.size());
    for (int i = 0; i < sources.size(); i++) {
      Integer before = seen.putIfAbsent(sources.get(i).key(), i);
      if (before != null) {
        throw new IllegalArgumentException(
            "sources[%d] and sources[%d] (key %s): must not have the same key"
                .formatted(before, i, sources.get(i).key()));
      }
    }
  }
}
