package io.hicache.spi;

import io.hicache.HostPart;
import io.hicache.Page;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Tells cheaply that targets are disjoint where they lie as pools have them: page after page, or
 * all pages' first parts, then all second parts and so on, as in a layer-first pool; in whatever
 * order the pages' slots are. No sort of every part, and no heap per part.
 */
final class PoolOrder {
  private PoolOrder() {}

  /** Returns true only if no two targets overlap; false if that is still to be found out. */
  static boolean disjoint(List<Page> targets) {
    Page[] pages = targets.toArray(Page[]::new);
    Arrays.sort(pages, Comparator.comparingLong(page -> address(page, 0)));
    return byPage(pages) || byPart(pages);
  }

  private static boolean byPage(Page[] pages) {
    long end = 0;
    for (Page page : pages) {
      for (int part = 0; part < page.parts().size() && end >= 0; part++) {
        end = endAfter(end, page, part);
      }
    }
    return end >= 0;
  }

  private static boolean byPart(Page[] pages) {
    long end = 0;
    long before = -1;
    for (int part = 0; end > before; part++) {
      before = end;
      for (int i = 0; i < pages.length && end >= 0; i++) {
        if (part < pages[i].parts().size()) {
          end = endAfter(end, pages[i], part);
        }
      }
    }
    return end >= 0;
  }

  /** Returns where a part ends; −1 if it is not host memory from {@code end} on. */
  private static long endAfter(long end, Page page, int part) {
    if (page.parts().get(part) instanceof HostPart(MemorySegment segment)
        && segment.address() >= end) {
      return segment.address() + segment.byteSize();
    }
    return -1;
  }

  private static long address(Page page, int part) {
    return page.parts().get(part) instanceof HostPart host ? host.segment().address() : -1;
  }
}
