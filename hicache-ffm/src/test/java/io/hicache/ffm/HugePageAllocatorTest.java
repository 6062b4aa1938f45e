package io.hicache.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.pool.HostPool;
import io.hicache.pool.MhaShape;
import io.hicache.pool.PoolSlots;
import io.hicache.spi.HostMemoryAllocator;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Huge pages where the machine has some, and what is said where it has none. */
class HugePageAllocatorTest {
  private static final MhaShape SHAPE =
      new MhaShape(PageLayout.PAGE_FIRST, new PoolSlots(32, 4), 2, 2, 16, 2);
  private static final MemoryCalls CALLS = new MemoryCalls(NativeLibrary.libc());

  /** Goes both ways: with and without huge pages of the system's. */
  @Test
  void pool_ofHugePages_liesInThemOrIsRefusedInWordsThatHelp() throws IOException {
    HugePages before = HugePages.now().orElseThrow();
    if (before.available() + overcommit() > 0) {
      try (HostPool pool = HostPool.allocate(PoolName.KV, SHAPE, HostMemoryAllocator.HUGE_PAGES)) {
        MemorySegment memory = pool.buffers().getFirst();
        assertEquals(0, memory.address() % before.pageBytes());
        assertZeroedAndWritable(memory);
        assertEquals(
            before.available() - 1 + surplus(before), HugePages.now().orElseThrow().available());
      }
      assertEquals(before, HugePages.now().orElseThrow());
    } else {
      assertRefused(
          ("allocator huge-pages, %d bytes: needs 1 huge pages of %d KiB; 0 of %d are available;"
                  + " reserve them: sysctl -w vm.nr_hugepages=%d (mmap: ENOMEM: out of memory)")
              .formatted(
                  HostPool.regionBytes(SHAPE),
                  before.pageBytes() >> 10,
                  before.total(),
                  before.total() + 1),
          () -> HostPool.allocate(PoolName.KV, SHAPE, HostMemoryAllocator.HUGE_PAGES));
    }
  }

  /** A page the kernel makes beyond those reserved comes and goes with its use. */
  private static int surplus(HugePages before) {
    return before.available() == 0 ? 1 : 0;
  }

  private static long overcommit() throws IOException {
    Path setting = Path.of("/proc/sys/vm/nr_overcommit_hugepages");
    return Long.parseLong(Files.readString(setting).strip());
  }

  @Test
  void memory_ofAMapping_isZeroedAndGoneAfterClose() throws IOException {
    MappedMemory mapped = MappedMemory.map(CALLS, 1 << 20, 0);
    MemorySegment memory = mapped.segment();
    assertEquals(1 << 20, memory.byteSize());
    assertTrue(memory.isAccessibleBy(Thread.ofPlatform().unstarted(() -> {})));
    assertZeroedAndWritable(memory);
    assertTrue(isMapped(memory.address()));
    mapped.close();
    mapped.close();
    assertFalse(memory.scope().isAlive());
    assertThrows(IllegalStateException.class, () -> memory.get(ValueLayout.JAVA_BYTE, 0));
  }

  @Test
  void closedMapping_isGivenBackToTheSystem() throws IOException {
    // Of a size that nothing else in the process has, so that the hole shows.
    MappedMemory mapped = MappedMemory.map(CALLS, 77 << 20, 0);
    long address = mapped.segment().address();
    assertTrue(isMapped(address));
    mapped.close();
    assertFalse(isMapped(address + (38 << 20)));
  }

  private static boolean isMapped(long address) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
      String[] range = line.substring(0, line.indexOf(' ')).split("-", -1);
      if (Long.compareUnsigned(address, Long.parseUnsignedLong(range[0], 16)) >= 0
          && Long.compareUnsigned(address, Long.parseUnsignedLong(range[1], 16)) < 0) {
        return true;
      }
    }
    return false;
  }

  private static void assertZeroedAndWritable(MemorySegment memory) {
    for (long at = 0; at < memory.byteSize(); at++) {
      assertEquals(0, memory.get(ValueLayout.JAVA_BYTE, at));
    }
    memory.fill((byte) 1);
    assertEquals(1, memory.get(ValueLayout.JAVA_BYTE, memory.byteSize() - 1));
  }

  @Test
  void mapping_ofMoreThanThereIs_failsWithTheSystemsReason() {
    NativeIOException e =
        assertThrows(NativeIOException.class, () -> MappedMemory.map(CALLS, 1L << 60, 0));
    assertEquals(Errno.ENOMEM, e.errno());
  }

  @Test
  void allocate_whatCannotBe_isRefusedByName() {
    HostMemoryAllocator none = new HugePageAllocator(Optional::empty);
    assertRefused(
        "allocator huge-pages, 4096 bytes: this system has no huge pages: no Hugepagesize in"
            + " /proc/meminfo",
        () -> none.allocate(4096));
    assertRefused("allocator huge-pages, 0 bytes: must be at least 1", () -> none.allocate(0));
    HostMemoryAllocator some =
        new HugePageAllocator(() -> Optional.of(new HugePages(2 << 20, 4, 1)));
    assertRefused(
        "allocator huge-pages, 9223372036854775807 bytes: needs 4398046511104 huge pages of 2048"
            + " KiB; 1 of 4 are available; reserve them: sysctl -w vm.nr_hugepages=4398046511107",
        () -> some.allocate(Long.MAX_VALUE));
  }

  @Test
  void pages_ofMeminfo_areThoseNeitherUsedNorPromised() {
    Optional<HugePages> pages =
        HugePages.parse(
            List.of(
                "MemTotal:       16384 kB",
                "HugePages_Total:      10",
                "HugePages_Free:        7",
                "HugePages_Rsvd:        2",
                "HugePages_Surp:        0",
                "Hugepagesize:       2048 kB"));
    assertEquals(Optional.of(new HugePages(2 << 20, 10, 5)), pages);
    assertEquals(Optional.empty(), HugePages.parse(List.of("MemTotal:       16384 kB")));
    HugePages ten = pages.orElseThrow();
    assertEquals(
        "needs 6 huge pages of 2048 KiB; 5 of 10 are available; reserve them: sysctl -w"
            + " vm.nr_hugepages=11",
        ten.missing((10 << 20) + 1));
    assertEquals(
        "needs 5 huge pages of 2048 KiB; 5 of 10 are available, so a limit is lower: the control"
            + " group's of hugetlb, or ulimit -v",
        ten.missing(10 << 20));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
