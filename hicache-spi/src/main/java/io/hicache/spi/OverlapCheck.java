package io.hicache.spi;

import io.hicache.DevicePart;
import io.hicache.HostPart;
import io.hicache.Page;
import io.hicache.Part;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rule that no byte is the target of two parts of one call, in host memory or on any device.
 *
 * <p>Parts are disjoint if and only if, with starts and ends each in order, every part but the
 * first starts where the one before it has ended. Addresses are unsigned: their top bit is turned
 * over here, so that signed comparison puts them in order.
 */
final class OverlapCheck {
  private static final int HOST = -1;

  private OverlapCheck() {}

  /**
   * Checks the targets of a read.
   *
   * @throws IllegalArgumentException naming two parts, if two overlap
   */
  static void check(List<Page> targets) {
    if (PoolOrder.disjoint(targets)) {
      return;
    }
    int count = 0;
    Set<Integer> devices = new TreeSet<>();
    for (Page target : targets) {
      count += target.parts().size();
      for (Part part : target.parts()) {
        if (part instanceof DevicePart device) {
          devices.add(device.ordinal());
        }
      }
    }
    long[] starts = new long[count];
    long[] ends = new long[count];
    check(targets, HOST, starts, ends);
    devices.forEach(device -> check(targets, device, starts, ends));
  }

  private static void check(List<Page> targets, int where, long[] starts, long[] ends) {
    int count = 0;
    for (Page target : targets) {
      for (Part part : target.parts()) {
        if (memory(part) == where) {
          starts[count] = start(part);
          ends[count++] = end(part);
        }
      }
    }
    Arrays.sort(starts, 0, count);
    Arrays.sort(ends, 0, count);
    for (int i = 1; i < count; i++) {
      if (starts[i] < ends[i - 1]) {
        throw refused(targets, where, starts[i]);
      }
    }
  }

  private static IllegalArgumentException refused(List<Page> targets, int where, long at) {
    StringBuilder places = new StringBuilder();
    for (int i = 0; i < targets.size(); i++) {
      List<Part> parts = targets.get(i).parts();
      for (int p = 0; p < parts.size(); p++) {
        Part part = parts.get(p);
        if (memory(part) == where && start(part) <= at && at < end(part)) {
          places
              .append(places.isEmpty() ? "" : " and ")
              .append("targets[%d] (key %s), part %d".formatted(i, targets.get(i).key(), p));
        }
      }
    }
    return new IllegalArgumentException(places + ": must not overlap");
  }

  private static int memory(Part part) {
    return part instanceof DevicePart device ? device.ordinal() : HOST;
  }

  private static long start(Part part) {
    long address =
        switch (part) {
          case HostPart host -> host.segment().address();
          case DevicePart device -> device.address();
        };
    return address ^ Long.MIN_VALUE;
  }

  private static long end(Part part) {
    return start(part) + part.bytes();
  }
}
