package io.hicache.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeFileTest {
  private static final Set<NativeFiles.Mode> NEW = EnumSet.of(NativeFiles.Mode.CREATE_NEW);
  private static final Set<NativeFiles.Mode> OLD = EnumSet.noneOf(NativeFiles.Mode.class);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 160, 1_024, 1_100, 3_000})
  void writeThenRead_manySegments_givesTheBytesBack(int count) throws IOException {
    NativeFiles files = NativeFiles.require();
    Path path = directory.resolve("page");
    try (Arena arena = Arena.ofConfined()) {
      List<MemorySegment> sources = segments(arena, count, 7);
      try (NativeFile file = files.open(path, NEW)) {
        file.write(sources, 0);
      }
      List<MemorySegment> targets = segments(arena, count, 8);
      try (NativeFile file = files.open(path, OLD)) {
        assertEquals(sum(sources), file.size());
        assertEquals(sum(sources), file.read(targets, 0));
      }
      for (int i = 0; i < count; i++) {
        assertEquals(-1, sources.get(i).mismatch(targets.get(i)), "segment " + i);
      }
    }
  }

  @Test
  void read_pastTheEnd_givesWhatThereIs() throws IOException {
    NativeFiles files = NativeFiles.require();
    Path path = Files.write(directory.resolve("short"), new byte[] {1, 2, 3});
    try (Arena arena = Arena.ofConfined();
        NativeFile file = files.open(path, OLD)) {
      MemorySegment target = arena.allocate(8);
      target.fill((byte) 9);

      assertEquals(2, file.read(List.of(target), 1));

      assertEquals(
          List.of(2, 3, 9),
          List.of(
              (int) target.get(ValueLayout.JAVA_BYTE, 0),
              (int) target.get(ValueLayout.JAVA_BYTE, 1),
              (int) target.get(ValueLayout.JAVA_BYTE, 2)));
    }
  }

  @Test
  void open_newFile_isPrivateAndRefusesASecond() throws IOException {
    NativeFiles files = NativeFiles.require();
    Path path = directory.resolve("private");
    files.open(path, NEW).close();

    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    NativeIOException again = assertThrows(NativeIOException.class, () -> files.open(path, NEW));
    assertEquals(Errno.EEXIST, again.errno());
  }

  @Test
  void open_missingFile_saysWhichAndWhy() {
    NativeFiles files = NativeFiles.require();
    Path path = directory.resolve("missing");

    NativeIOException e = assertThrows(NativeIOException.class, () -> files.open(path, OLD));

    assertEquals(Errno.ENOENT, e.errno());
    assertTrue(e.getMessage().contains(path.toString()) && e.getMessage().contains("ENOENT"));
  }

  @Test
  void read_interruptedThread_readsAllTheSame() throws IOException {
    NativeFiles files = NativeFiles.require();
    Path path = Files.write(directory.resolve("interrupted"), new byte[] {5});
    try (Arena arena = Arena.ofConfined();
        NativeFile file = files.open(path, OLD)) {
      Thread.currentThread().interrupt();
      assertEquals(1, file.read(List.of(arena.allocate(1)), 0));
    } finally {
      assertTrue(Thread.interrupted(), "the flag is left as it was");
    }
  }

  @Test
  void truncate_andSync_setTheLength() throws IOException {
    NativeFiles files = NativeFiles.require();
    try (NativeFile file = files.open(directory.resolve("cut"), NEW)) {
      file.truncate(123);
      file.sync();
      assertEquals(123, file.size());
    }
  }

  @Test
  void close_twice_doesNothing() throws IOException {
    NativeFile file = NativeFiles.require().open(directory.resolve("twice"), NEW);
    file.close();
    file.close();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void find_onLinuxWithAccess_isThere() {
    assertTrue(NativeFiles.find().isPresent());
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
