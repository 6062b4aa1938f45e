package io.hicache.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.PoolTransfer;
import io.hicache.spi.HostMemoryAllocator;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HostPoolTest {
  private static final PoolSlots SLOTS = new PoolSlots(32, 4);
  private static final MhaShape LAYER_FIRST =
      new MhaShape(PageLayout.LAYER_FIRST, SLOTS, 2, 2, 16, 2);
  private static final MambaShape MAMBA =
      new MambaShape(
          PageLayout.PAGE_FIRST, new PoolSlots(5, 1), 2, 64, List.of(24L, 48L), List.of());
  private static final PoolName MAMBA_NAME = new PoolName("mamba");

  @Test
  void parts_ofTouchingRuns_areOne() {
    try (HostPool onePage = HostPool.allocate(PoolName.KV, shape(PageLayout.LAYER_FIRST, 4));
        HostPool scattered = HostPool.allocate(PoolName.KV, LAYER_FIRST);
        HostPool halves = HostPool.allocate(PoolName.KV, shape(PageLayout.PAGE_FIRST, 32))) {
      assertEquals(1, onePage.parts(0).size());
      assertEquals(4, onePage.pointers(0).size(), "SGLang's pointers stay apart");
      assertEquals(4, scattered.parts(8).size());
      assertEquals(2, halves.parts(8).size());
      assertEquals(1024, onePage.pageBytes());
    }
  }

  private static MhaShape shape(PageLayout layout, long slots) {
    return new MhaShape(layout, new PoolSlots(slots, 4), 2, 2, 16, 2);
  }

  @Test
  void parts_ofASlotThatIsNoPages_areRefused() {
    try (HostPool pool = HostPool.allocate(PoolName.KV, LAYER_FIRST)) {
      assertRefused("pool kv, slot -4: must be 0 to 28", () -> pool.parts(-4));
      assertRefused("pool kv, slot 32: must be 0 to 28", () -> pool.parts(32));
      assertRefused(
          "pool kv, slot 6: must be a multiple of the page tokens 4", () -> pool.pointers(6));
    }
  }

  @Test
  void pages_bySlot_areNamedInThePool() {
    List<PageKey> hashes = List.of(new PageKey("a"), new PageKey("b"));
    try (HostPool pool = HostPool.allocate(MAMBA_NAME, MAMBA)) {
      List<Page> pages = pool.pages(hashes, new long[] {4, 0});
      assertEquals(hashes.get(0).in(MAMBA_NAME), pages.get(0).key());
      assertEquals(pool.parts(4), pages.get(0).parts());
      assertEquals(hashes.get(1).in(MAMBA_NAME), pages.get(1).key());
      assertRefused(
          "pool mamba, slots: 1 given, must be one for each of 2 hashes",
          () -> pool.pages(hashes, new long[] {4}));
      assertRefused(
          "pool mamba, slots[1] 5: must be 0 to 4", () -> pool.pages(hashes, new long[] {4, 5}));
    }
  }

  @Test
  void firstSlots_ofWholePages_areTheirFirst() {
    try (HostPool pool = HostPool.allocate(PoolName.KV, LAYER_FIRST)) {
      long[] tokens = {8, 9, 10, 11, 0, 1, 2, 3};
      assertArrayEquals(new long[] {8, 0}, pool.firstSlots(tokens));
      assertArrayEquals(new long[0], pool.firstSlots(new long[0]));
      assertRefused(
          "pool kv, token slots: 7 given, must be a multiple of the page tokens 4",
          () -> pool.firstSlots(new long[7]));
      assertRefused(
          "pool kv, token slots[6] 12: must be 2, for a page's slots follow one another",
          () -> pool.firstSlots(new long[] {8, 9, 10, 11, 0, 1, 12, 3}));
      assertRefused(
          "pool kv, token slots[4] 5: must be a multiple of the page tokens 4",
          () -> pool.firstSlots(new long[] {8, 9, 10, 11, 5, 6, 7, 8}));
      assertRefused(
          "pool kv, token slots[0] 32: must be 0 to 28",
          () -> pool.firstSlots(new long[] {32, 33, 34, 35}));
    }
  }

  @Test
  void over_memoryThatBreaksARule_isRefused() {
    try (Arena arena = Arena.ofShared();
        Arena confined = Arena.ofConfined()) {
      Arena gone = Arena.ofShared();
      MemorySegment dead = gone.allocate(8192);
      gone.close();
      String region = "region of 8192 bytes: ";
      assertRefused(
          "region of 8191 bytes: must be at least the 8192 bytes of its shape",
          () -> over(arena.allocate(8191)));
      assertRefused(
          region + "must be native memory, but is on the heap",
          () -> over(MemorySegment.ofArray(new byte[8192])));
      assertRefused(region + "must be alive, but its arena is closed", () -> over(dead));
      assertRefused(
          region + "must be memory that every thread may reach, but is confined to one",
          () -> over(confined.allocate(8192)));
      assertRefused(
          region + "must be writable, but is read-only",
          () -> over(arena.allocate(8192).asReadOnly()));
    }
  }

  @Test
  void over_buffersThatDoNotMatch_isRefused() {
    try (Arena arena = Arena.ofShared()) {
      assertRefused(
          "buffers: 1 given, must be 3: [temporal_buffer, conv_buffer[0]," + " conv_buffer[1]]",
          () -> HostPool.over(MAMBA_NAME, MAMBA, List.of(arena.allocate(640))));
      assertRefused(
          "buffer conv_buffer[1] of 479 bytes: must be at least the 480 bytes of its" + " shape",
          () ->
              HostPool.over(
                  MAMBA_NAME,
                  MAMBA,
                  List.of(arena.allocate(640), arena.allocate(240), arena.allocate(479))));
    }
  }

  private static HostPool over(MemorySegment region) {
    return HostPool.over(PoolName.KV, LAYER_FIRST, region);
  }

  @Test
  void over_oneRegion_alignsEveryBuffer() {
    try (Arena arena = Arena.ofShared()) {
      assertEquals(8192 + 480, HostPool.regionBytes(MAMBA));
      MemorySegment region = arena.allocate(HostPool.regionBytes(MAMBA), 4096);
      HostPool pool = HostPool.over(MAMBA_NAME, MAMBA, region);
      assertEquals(
          List.of(0L, 4096L, 8192L),
          pool.buffers().stream().map(each -> each.address() - region.address()).toList());
      assertEquals(3, pool.regions().size());
      pool.close();
      assertTrue(region.scope().isAlive(), "the engine's memory stays");
    }
  }

  @Test
  void allocate_thenClose_freesTheMemoryOnce() {
    HostPool pool = HostPool.allocate(PoolName.KV, LAYER_FIRST);
    MemorySegment memory = pool.buffers().getFirst();
    assertEquals(0, memory.address() % 4096);
    pool.close();
    pool.close();
    assertFalse(memory.scope().isAlive());
    assertEquals(0, new LogicalShape(SLOTS).buffers().size());
    try (HostPool logical = HostPool.allocate(PoolName.KV, new LogicalShape(SLOTS))) {
      assertEquals(0, logical.pageBytes());
      assertEquals(List.of(), logical.parts(4));
    }
  }

  @Test
  void close_whileTheMemoryIsInUse_leavesItToBeClosedAgain() {
    AtomicInteger users = new AtomicInteger(2);
    AtomicInteger freed = new AtomicInteger();
    MemorySegment memory = Arena.ofAuto().allocate(HostPool.regionBytes(LAYER_FIRST));
    Runnable release =
        () -> {
          if (users.getAndDecrement() > 0) {
            throw new IllegalStateException("in use");
          }
          freed.incrementAndGet();
        };
    HostPool pool =
        HostPool.owning(PoolName.KV, LAYER_FIRST, new PoolMemory.Owned(memory, release));
    assertThrows(IllegalStateException.class, pool::close);
    assertThrows(IllegalStateException.class, pool::close);
    assertEquals(0, freed.get());
    pool.close();
    pool.close();
    assertEquals(1, freed.get());
  }

  @Test
  void allocate_fromAnAllocator_asksItByName() {
    assertRefused(
        "allocator \"huge-pages\": must be one of those present, []; the artifact hicache-ffm has"
            + " \"huge-pages\"",
        () -> HostPool.allocate(PoolName.KV, LAYER_FIRST, HostMemoryAllocator.HUGE_PAGES));
    List<String> events = new ArrayList<>();
    List<HostMemoryAllocator> present =
        List.of(new Recording("other", events), new Recording("mine", events));
    PoolMemory.Owned owned = PoolMemory.allocate(present, "mine", 4096);
    assertEquals(4096, owned.segment().byteSize());
    owned.release().run();
    assertEquals(List.of("mine gave 4096", "mine took 4096"), events);
    assertRefused(
        "allocator \"huge-pages\": must be one of those present, [other, mine]; the artifact"
            + " hicache-ffm has \"huge-pages\"",
        () -> PoolMemory.allocate(present, "huge-pages", 4096));
  }

  private record Recording(String name, List<String> events) implements HostMemoryAllocator {
    @Override
    public Memory allocate(long bytes) {
      events.add(name + " gave " + bytes);
      Arena arena = Arena.ofShared();
      MemorySegment segment = arena.allocate(bytes);
      return new Memory() {
        @Override
        public MemorySegment segment() {
          return segment;
        }

        @Override
        public void close() {
          arena.close();
          events.add(name + " took " + bytes);
        }
      };
    }
  }

  @Test
  void register_ofPools_holdsEachNameOnce() {
    try (HostPool kv = HostPool.allocate(PoolName.KV, LAYER_FIRST);
        HostPool mamba = HostPool.allocate(MAMBA_NAME, MAMBA)) {
      HostPools pools = new HostPools();
      pools.register(kv);
      assertRefused(
          "pool mamba: must be registered; registered are [kv]", () -> pools.require(MAMBA_NAME));
      pools.register(mamba);
      assertRefused(
          "pool kv: must be registered once, but is registered", () -> pools.register(kv));
      PoolTransfer ask = PoolTransfer.of(MAMBA_NAME, List.of(new PageKey("a")), new long[] {2});
      assertEquals(List.of(mamba.pages(ask.keys(), ask.slots())), pools.pages(List.of(ask)));
      assertRefused(
          "transfers[1], pool mamba: must be named by one transfer",
          () -> pools.check(List.of(ask, ask)));
    }
  }

  /** Keys and values in arrays of their own, the second a byte too short. */
  private record KeysApart(PoolSlots slots) implements PoolShape {
    @Override
    public List<PoolBuffer> buffers() {
      return List.of(new PoolBuffer("keys", 800), new PoolBuffer("values", 799));
    }

    @Override
    public PageRuns flatRuns() {
      return PageRuns.of(List.of(new PageRun(0, 0, 100, 100), new PageRun(1, 0, 100, 100)));
    }

    @Override
    public PageRuns pointerRuns() {
      return flatRuns();
    }

    @Override
    public boolean replicated() {
      return false;
    }
  }

  @Test
  void parts_ofAShapeOfOnesOwn_mustLieInItsBuffers() {
    assertRefused(
        "PageRun[buffer=1, offset=0, pageStride=100, bytes=100] of 8 pages: must end within the"
            + " buffer's 799 bytes",
        () -> HostPool.allocate(PoolName.KV, new KeysApart(SLOTS)));
  }

  static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
