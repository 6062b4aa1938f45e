package io.hicache.tck;

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

/** Storages that touch what is not theirs, or bring back other bytes than were written. */
enum MemoryFault implements Fault {
  WRITES_WHOLE_BLOCKS(
      "set_oneByteBelowABlock_comesBackExact", "batch_ofPagesOfAllSizes_comesBackExact") {
    @Override
    void touch(Page target, Outcome outcome) {
      if (outcome == Outcome.DONE && target.bytes() == 4095) {
        poke(target.parts().getLast(), target.parts().getLast().bytes());
      }
    }
  },
  WRITES_FROM_THE_WORD_S_START(
      "set_sevenBytes_comeBackExact", "batch_ofPagesOfAllSizes_comesBackExact") {
    @Override
    void touch(Page target, Outcome outcome) {
      if (target.bytes() == 7) {
        poke(target.parts().getFirst(), -1);
      }
    }
  },
  WRITES_ON_A_MISS("get_absentPage_isAbsentAndLeavesTheTarget") {
    @Override
    void touch(Page target, Outcome outcome) {
      if (outcome == Outcome.ABSENT && target.bytes() == 1 << 16) {
        poke(target.parts().getFirst(), 0);
      }
    }
  },
  LOSES_THE_LAST_BYTE_OF_LARGE_PAGES("set_4MiB_comesBackExact") {
    @Override
    void touch(Page target, Outcome outcome) {
      if (outcome == Outcome.DONE && target.bytes() == 4 << 20) {
        poke(target.parts().getLast(), target.parts().getLast().bytes() - 1);
      }
    }
  },
  MIXES_UP_PARTS(
      "parts_ofUnevenLengths_comeBackExact",
      "parts_writtenAsMany_areReadAsOne",
      "parts_inFallingAddressOrder_keepTheirOrder") {
    @Override
    Page seen(Page page) {
      List<Part> parts = new ArrayList<>(page.parts());
      if (parts.getFirst().bytes() != parts.getLast().bytes()) {
        Collections.swap(parts, 0, parts.size() - 1);
      }
      return new Page(page.key(), parts);
    }
  },
  SORTS_PARTS_BY_ADDRESS("parts_inFallingAddressOrder_keepTheirOrder") {
    @Override
    Page seen(Page page) {
      List<Part> parts = new ArrayList<>(page.parts());
      parts.sort(Comparator.comparingLong(part -> ReferenceSpace.memory(part).address()));
      return new Page(page.key(), parts);
    }
  },
  FORGETS_PARTS_BEYOND_1024(
      "parts_1100_comeBackExact",
      "parts_ofOneByteEach_comeBackExact",
      "parts_writtenAsMany_areReadAsOne") {
    @Override
    Page seen(Page page) {
      List<Part> parts = page.parts();
      return new Page(page.key(), parts.subList(0, Math.min(parts.size(), 1024)));
    }
  },
  READS_SOURCES_WHEN_ASKED_FOR_THEM(
      "set_sourceChangedAfterwards_storedWhatItWas", "set_sourceFreedAfterwards_storedWhatItWas") {
    @Override
    public HiCacheStorage behindGuard(HiCacheStorage right, ReferenceSpace space) {
      return new LateReader(right);
    }
  };

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
        if (result.get(i) == Outcome.DONE) {
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
        if (result.get(i) == Outcome.DONE && source != null) {
          ReferenceSpace.scatter(ReferenceSpace.gather(source), targets.get(i));
        }
      }
      return result;
    }
  }

  private final String rules;

  MemoryFault(String... rules) {
    this.rules = String.join(" ", rules);
  }

  @Override
  public String rules() {
    return rules;
  }

  @Override
  public HiCacheStorage behindGuard(HiCacheStorage right, ReferenceSpace space) {
    return new Forwarding(right) {
      @Override
      public BatchResult batchGet(List<Page> targets, CallOptions options) {
        BatchResult result = super.batchGet(targets, options);
        for (int i = 0; i < targets.size(); i++) {
          touch(targets.get(i), result.get(i));
        }
        return result;
      }

      @Override
      public BatchResult batchSet(List<Page> sources, CallOptions options) {
        return super.batchSet(sources.stream().map(MemoryFault.this::seen).toList(), options);
      }
    };
  }

  /** Does to a target what must not be done to it. */
  void touch(Page target, Outcome outcome) {}

  /** Returns what the fault takes a source for. */
  Page seen(Page page) {
    return page;
  }

  /** Changes a byte, counted from the part's first, in or out of the part. */
  @SuppressWarnings("restricted")
  static void poke(Part part, long offset) {
    long address = ReferenceSpace.memory(part).address() + offset;
    MemorySegment anywhere = MemorySegment.ofAddress(address).reinterpret(1);
    byte old = anywhere.get(ValueLayout.JAVA_BYTE, 0);
    anywhere.set(ValueLayout.JAVA_BYTE, 0, (byte) ~old);
  }
}
