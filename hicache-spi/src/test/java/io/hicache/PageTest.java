package io.hicache;

import static io.hicache.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages, their parts and regions of memory, as far as their own types check them. */
class PageTest {
  private static final PageKey KEY = new PageKey("k");
  private static final MemorySegment HEAP = MemorySegment.ofArray(new byte[16]);
  private static final long LIMIT = 64L << 20;

  private static MemorySegment ofLength(long bytes) {
    return Arena.ofAuto().allocate(bytes);
  }

  @Test
  void hostPart_onTheHeap_isRefused() {
    assertRefused(() -> Part.of(HEAP), "part of 16 bytes", "native memory", "heap");
  }

  @Test
  void hostPart_ofNoBytes_isRefused() {
    assertRefused(() -> Part.of(ofLength(0)), "part of 0 bytes", "1 to 2147483647 bytes");
  }

  @Test
  void hostPart_of2GiB_isRefusedAndOneByteLessTaken(@TempDir Path directory) throws IOException {
    Path sparse = directory.resolve("sparse");
    try (FileChannel file =
            FileChannel.open(
                sparse,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        Arena arena = Arena.ofShared()) {
      MemorySegment all = file.map(FileChannel.MapMode.READ_WRITE, 0, 1L << 31, arena);
      assertRefused(() -> Part.of(all), "part of 2147483648 bytes", "1 to 2147483647 bytes");
      assertEquals((1L << 31) - 1, Part.of(all.asSlice(1)).bytes());
      assertEquals(1L << 31, Region.of(all).bytes());
    }
  }

  @Test
  void hostPart_ofNativeMemory_isTaken() {
    assertEquals(1, Part.of(ofLength(1)).bytes());
    assertEquals(8, Part.of(ofLength(8).asReadOnly()).bytes());
  }

  @Test
  void devicePart_outOfRange_isRefused() {
    assertRefused(() -> new DevicePart(-1, 4096, 8), "device ordinal -1", "0 or more");
    assertRefused(() -> new DevicePart(0, 0, 8), "device address 0", "null address");
    assertRefused(() -> new DevicePart(0, 4096, 0), "device memory of 0 bytes", "at least 1");
    assertRefused(() -> new DevicePart(0, 4096, -5), "device memory of -5 bytes");
    assertRefused(() -> new DevicePart(0, -8, 8), "8 bytes at 0xfffffffffffffff8", "wrap");
    assertRefused(() -> new DevicePart(0, -8, Long.MAX_VALUE), "wrap");
  }

  @Test
  void devicePart_uptoTheEndsOfTheRange_isTaken() {
    assertEquals(7, new DevicePart(0, -8, 7).bytes());
    assertEquals(Long.MAX_VALUE, new DevicePart(7, 1, Long.MAX_VALUE).bytes());
  }

  @Test
  void page_withoutParts_isRefused() {
    assertRefused(() -> new Page(KEY, List.of()), "page k", "at least one part");
  }

  @Test
  void page_ofTheMostBytes_isTakenAndOneMoreRefused() {
    assertEquals(LIMIT, devicePage(LIMIT).bytes());
    assertEquals(LIMIT, devicePage(LIMIT - 1, 1).bytes());
    assertRefused(() -> devicePage(LIMIT + 1), "page k of 67108865 bytes", "at most 67108864");
    assertRefused(() -> devicePage(LIMIT, 1), "page k of 67108865 bytes");
    assertRefused(() -> devicePage(1, LIMIT), "page k");
  }

  @Test
  void page_whosePartsAddUpToMoreThanALong_isRefused() {
    assertRefused(() -> devicePage(1, Long.MAX_VALUE), "page k", "at most 67108864");
    assertRefused(() -> devicePage(Long.MAX_VALUE, Long.MAX_VALUE, 2), "page k");
    assertRefused(() -> devicePage(LIMIT, Long.MAX_VALUE, Long.MAX_VALUE, LIMIT), "page k");
  }

  @Test
  void page_afterItsListWasChanged_isAsItWas() {
    List<Part> parts = new ArrayList<>(List.of(Part.of(ofLength(3)), Part.of(ofLength(4))));
    Page page = new Page(KEY, parts);
    parts.clear();
    assertEquals(7, page.bytes());
    assertThrows(UnsupportedOperationException.class, () -> page.parts().clear());
  }

  @Test
  void page_ofOneSegment_hasOnePart() {
    MemorySegment segment = ofLength(9);
    assertEquals(new Page(KEY, List.of(new HostPart(segment))), Page.of(KEY, segment));
  }

  @Test
  void region_ofUnusableMemory_isRefused() {
    assertRefused(() -> Region.of(HEAP), "region of 16 bytes", "heap");
    assertRefused(() -> Region.of(ofLength(0)), "region of 0 bytes", "at least 1");
    assertRefused(() -> new Region.Device(-1, 4096, 8), "device ordinal -1");
    assertRefused(() -> new Region.Device(0, 4096, 0), "0 bytes");
    assertRefused(() -> new Region.Device(0, -8, 9), "wrap");
  }

  @Test
  void region_ofMemory_tellsWhereAndHowMuch() {
    MemorySegment segment = ofLength(32);
    assertEquals(segment.address(), Region.of(segment).address());
    assertEquals(32, Region.of(segment).bytes());
    assertEquals(8, new Region.Device(1, 4096, 8).bytes());
  }

  private static Page devicePage(long... bytes) {
    List<Part> parts = new ArrayList<>();
    for (long each : bytes) {
      parts.add(new DevicePart(0, 4096, each));
    }
    return new Page(KEY, parts);
  }
}
