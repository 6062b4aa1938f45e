package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** Storages that touch what is not theirs, or take a page for other bytes than it has. */
final class MemoryFaults {
  private static final String ALL_SIZES = "batch_ofPagesOfAllSizes_comesBackExact";
  private static final String FALLING = "parts_inFallingAddressOrder_keepTheirOrder";
  private static final String MANY_AS_ONE = "parts_writtenAsMany_areReadAsOne";

  private MemoryFaults() {}

  static List<Fault> ofTargets() {
    return List.of(
        touching(
            "writes whole blocks, past the end of a page",
            (page, outcome) -> poke(outcome == DONE && page.bytes() == 4095, page, 4095),
            "set_oneByteBelowABlock_comesBackExact",
            ALL_SIZES),
        touching(
            "writes from the byte before a page",
            (page, outcome) -> poke(page.bytes() == 7, page, -1),
            "set_sevenBytes_comeBackExact",
            ALL_SIZES),
        touching(
            "writes on a miss",
            (page, outcome) -> poke(outcome == ABSENT && page.bytes() == 1 << 16, page, 0),
            "get_absentPage_isAbsentAndLeavesTheTarget"),
        touching(
            "loses the last byte of a large page",
            (page, outcome) -> poke(page.bytes() == 4 << 20, page, (4 << 20) - 1),
            "set_4MiB_comesBackExact"));
  }

  static List<Fault> ofSources() {
    return List.of(
        seeing(
            "mixes up parts",
            MemoryFaults::swapped,
            "parts_ofUnevenLengths_comeBackExact",
            MANY_AS_ONE,
            FALLING),
        seeing("takes parts in address order", MemoryFaults::sorted, FALLING),
        seeing(
            "forgets parts beyond 1,024",
            page ->
                new Page(page.key(), page.parts().subList(0, Math.min(page.parts().size(), 1024))),
            "parts_1100_comeBackExact",
            "parts_ofOneByteEach_comeBackExact",
            MANY_AS_ONE),
        Fault.behind(
            "reads sources when somebody asks for them",
            LateReader::new,
            "set_sourceChangedAfterwards_storedWhatItWas",
            "set_sourceFreedAfterwards_storedWhatItWas"));
  }

  /** Remembers where sources lie instead of what they hold, and reads them when it must. */
  private static final class LateReader extends Forwarding {
    private final Map<PageKey, Page> sources = new ConcurrentHashMap<>();

    LateReader(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchSet(List<Page> pages, CallOptions options) {
      BatchResult result = super.batchSet(pages, options);
      for (int i = 0; i < pages.size(); i++) {
        if (result.get(i) == DONE) {
          sources.put(pages.get(i).key(), pages.get(i));
        }
      }
      return result;
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      BatchResult result = super.batchGet(targets, options);
      for (int i = 0; i < targets.size(); i++) {
        Page source = sources.get(targets.get(i).key());
        if (result.get(i) == DONE && source != null) {
          ReferenceSpace.scatter(ReferenceSpace.gather(source), targets.get(i));
        }
      }
      return result;
    }
  }

  private static Fault touching(String name, BiConsumer<Page, Outcome> touch, String... rules) {
    return Fault.behind(
        name,
        right ->
            new Forwarding(right) {
              @Override
              public BatchResult batchGet(List<Page> targets, CallOptions options) {
                BatchResult result = super.batchGet(targets, options);
                for (int i = 0; i < targets.size(); i++) {
                  touch.accept(targets.get(i), result.get(i));
                }
                return result;
              }
            },
        rules);
  }

  private static Fault seeing(String name, UnaryOperator<Page> seen, String... rules) {
    return Fault.behind(
        name,
        right ->
            new Forwarding(right) {
              @Override
              public BatchResult batchSet(List<Page> sources, CallOptions options) {
                return super.batchSet(sources.stream().map(seen).toList(), options);
              }
            },
        rules);
  }

  private static Page swapped(Page page) {
    List<Part> parts = new ArrayList<>(page.parts());
    if (parts.getFirst().bytes() != parts.getLast().bytes()) {
      Collections.swap(parts, 0, parts.size() - 1);
    }
    return new Page(page.key(), parts);
  }

  private static Page sorted(Page page) {
    List<Part> parts = new ArrayList<>(page.parts());
    parts.sort(Comparator.comparingLong(part -> ReferenceSpace.memory(part).address()));
    return new Page(page.key(), parts);
  }

  /** Changes a byte, counted from the page's first, in or out of the page. */
  @SuppressWarnings("restricted")
  private static void poke(boolean really, Page page, long offset) {
    if (really) {
      long address = ReferenceSpace.memory(page.parts().getFirst()).address() + offset;
      MemorySegment anywhere = MemorySegment.ofAddress(address).reinterpret(1);
      anywhere.set(ValueLayout.JAVA_BYTE, 0, (byte) ~anywhere.get(ValueLayout.JAVA_BYTE, 0));
    }
  }
}
