package io.hicache.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.ffm.NativeFiles.Caching;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeFileTest {
  private static final int PRIVATE = 0600;
  private static final int BIG = 16 << 20;

  @TempDir Path path;
  private final NativeFiles files = NativeFiles.require();
  private final CallMemory memory = new CallMemory();
  private NativePath.Directory directory = new NativePath.Directory(Path.of("/"));

  @BeforeEach
  void findDirectory() {
    directory = new NativePath.Directory(path);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 160, 1_024, 1_100, 3_000})
  void writeThenRead_manySegments_givesTheBytesBack(int count) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      List<MemorySegment> sources = segments(arena, count, 7);
      NativeFile written = files.create(named("page"), PRIVATE, Caching.PAGE_CACHE, memory);
      for (Row row = new Row(sources); row.fill(); row.position += row.bytes) {
        written.write(row.position, memory);
      }
      written.close(memory);
      List<MemorySegment> targets = segments(arena, count, 8);
      NativeFile read = files.open(named("page"), Caching.PAGE_CACHE, memory);
      for (Row row = new Row(targets); row.fill(); row.position += row.bytes) {
        assertEquals(row.bytes, read.read(row.position, row.bytes, memory));
      }
      read.close(memory);
      assertEquals(sum(sources), files.size(named("page"), memory));
      for (int i = 0; i < count; i++) {
        assertEquals(-1, sources.get(i).mismatch(targets.get(i)), "segment " + i);
      }
    }
  }

  @Test
  void read_pastTheEnd_givesWhatThereIs() throws IOException {
    Files.write(path.resolve("short"), new byte[] {1, 2, 3});
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(8);
      target.fill((byte) 9);
      memory.vectors().clear();
      memory.vectors().add(target, 0, 8);

      NativeFile file = files.open(named("short"), Caching.PAGE_CACHE, memory);
      assertEquals(2, file.read(1, 8, memory));
      file.close(memory);

      assertEquals(
          List.of(2, 3, 9),
          List.of(
              (int) target.get(ValueLayout.JAVA_BYTE, 0),
              (int) target.get(ValueLayout.JAVA_BYTE, 1),
              (int) target.get(ValueLayout.JAVA_BYTE, 2)));
    }
  }

  @Test
  void read_intoMemoryWhoseArenaIsClosed_isRefusedBeforeTheKernelSeesIt() throws IOException {
    Files.write(path.resolve("page"), new byte[64]);
    Arena arena = Arena.ofShared();
    memory.vectors().clear();
    memory.vectors().add(arena.allocate(64), 0, 64);
    arena.close();

    NativeFile file = files.open(named("page"), Caching.PAGE_CACHE, memory);
    assertThrows(IllegalStateException.class, () -> file.read(0, 64, memory));
    file.close(memory);
  }

  @Test
  void close_ofAnArenaThatACallReadsInto_isRefusedUntilTheCallEnds() throws Exception {
    try (FileChannel big =
        FileChannel.open(
            path.resolve("big"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      big.write(ByteBuffer.allocate(1), BIG - 1);
    }
    boolean refused = false;
    for (int attempt = 0; attempt < 50 && !refused; attempt++) {
      refused = closeWhileReading(Arena.ofShared());
    }
    assertTrue(refused, "no close was refused while a call read into the arena");
  }

  @Test
  void add_aSegmentOfAnotherLifetime_isNotTaken() {
    try (Arena one = Arena.ofConfined();
        Arena other = Arena.ofConfined()) {
      IoVectors vectors = memory.vectors();
      vectors.clear();
      assertTrue(vectors.add(one.allocate(8), 0, 8));
      assertFalse(vectors.add(other.allocate(8), 0, 8));
      assertTrue(vectors.add(one.allocate(8), 4, 4));
      assertEquals(12, vectors.bytes());
    }
  }

  @Test
  void read_interruptedThread_readsAllTheSame() throws IOException {
    Files.write(path.resolve("interrupted"), new byte[] {5});
    NativeFile file = files.open(named("interrupted"), Caching.PAGE_CACHE, memory);
    try (Arena arena = Arena.ofConfined()) {
      memory.vectors().clear();
      memory.vectors().add(arena.allocate(1), 0, 1);
      Thread.currentThread().interrupt();
      assertEquals(1, file.read(0, 1, memory));
    } finally {
      assertTrue(Thread.interrupted(), "the flag is left as it was");
      file.close(memory);
    }
  }

  @Test
  void truncate_andSync_setTheLength() throws IOException {
    NativeFile file = files.create(named("cut"), PRIVATE, Caching.PAGE_CACHE, memory);
    file.truncate(123, memory);
    file.sync(memory);
    file.close(memory);
    file.close(memory);
    assertEquals(123, files.size(named("cut"), memory));
  }

  private NativePath named(String name) {
    return directory.resolve(name);
  }

  /** Closes an arena that another thread reads into; returns whether that was refused at first. */
  private boolean closeWhileReading(Arena arena) throws InterruptedException {
    MemorySegment target = arena.allocate(BIG);
    CountDownLatch begun = new CountDownLatch(1);
    Thread reader = Thread.ofPlatform().start(() -> readUntilClosed(target, begun));
    begun.await();
    boolean refused = false;
    while (true) {
      try {
        arena.close();
        reader.join();
        return refused;
      } catch (IllegalStateException e) {
        refused = true;
      }
    }
  }

  private void readUntilClosed(MemorySegment target, CountDownLatch begun) {
    CallMemory own = new CallMemory();
    try {
      NativeFile big = files.open(named("big"), Caching.PAGE_CACHE, own);
      try {
        while (target.scope().isAlive()) {
          own.vectors().clear();
          own.vectors().add(target, 0, BIG);
          begun.countDown();
          big.read(0, BIG, own);
        }
      } finally {
        big.close(own);
      }
    } catch (IllegalStateException e) {
      // The arena was closed between two reads.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Segments as row after row, each as long as a call takes. */
  private final class Row {
    private final List<MemorySegment> segments;
    private int next;
    private long bytes;
    private long position;

    Row(List<MemorySegment> segments) {
      this.segments = segments;
    }

    boolean fill() {
      IoVectors vectors = memory.vectors();
      vectors.clear();
      while (next < segments.size()
          && vectors.add(segments.get(next), 0, segments.get(next).byteSize())) {
        next++;
      }
      bytes = vectors.bytes();
      return bytes > 0;
    }
  }

  /** Segments of uneven lengths, filled with a sequence of the seed's. */
  private static List<MemorySegment> segments(Arena arena, int count, long seed) {
    Random lengths = new Random(count);
    Random bytes = new Random(seed);
    List<MemorySegment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] content = new byte[1 + lengths.nextInt(5_000)];
      bytes.nextBytes(content);
      MemorySegment segment = arena.allocate(content.length);
      MemorySegment.copy(content, 0, segment, ValueLayout.JAVA_BYTE, 0, content.length);
      segments.add(segment);
    }
    return segments;
  }

  private static long sum(List<MemorySegment> segments) {
    return segments.stream().mapToLong(MemorySegment::byteSize).sum();
  }
}
