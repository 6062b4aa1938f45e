package io.hicache.tck;

import static io.hicache.tck.Refusal.FRESH;
import static io.hicache.tck.Refusal.PRESENT;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hicache.DevicePart;
import io.hicache.Feature;
import io.hicache.HiCacheStorage;
import io.hicache.HostPart;
import io.hicache.Page;
import io.hicache.Part;
import io.hicache.Region;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Memory that a store could not move pages to or from safely is refused before any I/O. */
interface BadMemoryRules extends Rules {

  @Test
  default void heapMemory_isRefused() {
    MemorySegment heap = MemorySegment.ofArray(new byte[64]);
    Refusal.ofArgument(tck(), () -> store().set(Page.of(FRESH, heap)), "64", "native");
    Refusal.assertNames(
        assertThrows(IllegalArgumentException.class, () -> store().register(Region.of(heap))),
        "64",
        "native");
  }

  @Test
  default void emptyPart_isRefused() {
    MemorySegment empty = memory(8).asSlice(8);
    Refusal.ofArgument(tck(), () -> store().set(Page.of(FRESH, empty)), "0 bytes", "1 to");
  }

  @Test
  default void pageWithoutParts_isRefused() {
    Refusal.ofArgument(
        tck(), () -> store().set(new Page(FRESH, List.of())), FRESH.value(), "at least one part");
  }

  @Test
  default void pageOver64MiB_isRefused() {
    Part mebibyte = new HostPart(memory(1 << 20));
    List<Part> tooMany = Collections.nCopies(65, mebibyte);
    Refusal.ofArgument(
        tck(), () -> store().set(new Page(FRESH, tooMany)), FRESH.value(), "at most 67108864");
  }

  @Test
  default void readOnlyTarget_isRefused() {
    MemorySegment readOnly = memory(512).asReadOnly();
    Refusal.ofArgument(
        tck(),
        () -> store().batchGet(List.of(good(), Page.of(PRESENT, readOnly))),
        "targets[1]",
        PRESENT.value(),
        "read-only");
  }

  @Test
  default void confinedSource_isRefused() {
    try (Arena confined = Arena.ofConfined()) {
      Page page = Page.of(FRESH, confined.allocate(512));
      Refusal.ofArgument(tck(), () -> store().set(page), FRESH.value(), "confined");
    }
  }

  @Test
  default void confinedTarget_isRefused() {
    try (Arena confined = Arena.ofConfined()) {
      Page page = Page.of(PRESENT, confined.allocate(512));
      Refusal.ofArgument(tck(), () -> store().get(page), PRESENT.value(), "confined");
    }
  }

  @Test
  default void memoryOfAClosedArena_isRefused() {
    Arena arena = Arena.ofShared();
    Page dead = Page.of(FRESH, arena.allocate(512));
    arena.close();
    Refusal.ofArgument(tck(), () -> store().set(dead), FRESH.value(), "closed");
    assertThrows(IllegalArgumentException.class, () -> store().get(dead));
  }

  @Test
  default void overlappingTargets_areRefused() {
    MemorySegment memory = memory(1000);
    Page first = Page.of(PRESENT, memory.asSlice(0, 512));
    Page second = Page.of(PRESENT, memory.asSlice(400, 512));
    Refusal.ofArgument(
        tck(),
        () -> store().batchGet(List.of(first, good(), second)),
        "targets[0]",
        "targets[2]",
        "overlap");
  }

  @Test
  default void overlappingPartsOfOneTarget_areRefused() {
    MemorySegment memory = memory(512);
    List<Part> parts = List.of(Part.of(memory.asSlice(0, 256)), Part.of(memory.asSlice(255, 256)));
    Refusal.ofArgument(
        tck(), () -> store().get(new Page(PRESENT, parts)), PRESENT.value(), "overlap");
  }

  @Test
  default void devicePart_isRefusedWithoutTheCapability() {
    if (tck().has(Feature.DEVICE_MEMORY)) {
      /* An address that nobody owns would be this test's own bug, so the device is what is wrong. */
      Refusal.ofArgument(tck(), () -> store().set(device(-1)), "ordinal -1");
    } else {
      Refusal.ofArgument(tck(), () -> store().set(device(0)), FRESH.value(), "device memory");
    }
  }

  @Test
  default void confinedRegion_isRefused() {
    try (Arena confined = Arena.ofConfined()) {
      Region region = Region.of(confined.allocate(512));
      Refusal.ofArgument(tck(), () -> store().register(region), "512", "confined");
    }
  }

  private static Page device(int ordinal) {
    return new Page(FRESH, List.of(new DevicePart(ordinal, 1L << 40, 512)));
  }

  private HiCacheStorage store() {
    return tck().store();
  }

  /** A target that is right in itself, and must not be touched beside one that is not. */
  private Page good() {
    FencedPage target = tck().pages().target(PRESENT, 512);
    target.assertUntouched();
    return target.page();
  }

  private MemorySegment memory(int bytes) {
    FencedPage page = tck().pages().target(FRESH, bytes);
    page.assertUntouched();
    return page.parts().getFirst();
  }
}
