package io.hicache.bench.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hicache.HostPart;
import io.hicache.Part;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BareFileTest {
  private static final int STEP = BareFile.STEP_BYTES;
  @TempDir private Path directory;

  static Stream<Arguments> pages() {
    List<int[]> shapes =
        List.of(
            new int[] {1},
            new int[] {STEP},
            new int[] {STEP + 1},
            new int[] {4 * STEP},
            new int[] {STEP / 2, STEP, STEP / 2, 3},
            new int[] {7, 2 * STEP + 5, 9, 11},
            new int[] {STEP / 2, STEP / 2, 1});
    return shapes.stream()
        .flatMap(shape ->
            Stream.of(BareFile.PLAIN, BareFile.RENAMED, BareFile.CHECKED, BareFile.CHECKED_IN_STEPS)
                .map(file -> Arguments.of(file, shape)));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void writeThenRead_anyShape_movesEveryByteAndSumsIt(BareFile file, int[] shape)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      List<Part> source = parts(arena, shape);
      List<Part> target = parts(arena, shape);
      target.forEach(part -> PageMemory.memory(part).fill((byte) 0));
      Path path = directory.resolve("page");
      long written = file.write(path, source);
      assertArrayEquals(bytes(source), Files.readAllBytes(path));
      assertEquals(file.checked() ? sum(bytes(source)) : 0, written);
      assertEquals(written, file.read(path, target));
      assertArrayEquals(bytes(source), bytes(target));
    }
  }

  @Test
  void read_aFileTooShort_fails() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Path path = Files.write(directory.resolve("page"), new byte[99]);
      assertThrows(
          EOFException.class, () -> BareFile.PLAIN.read(path, parts(arena, new int[] {50, 50})));
    }
  }

  @Test
  void write_aNameThatIsThere_fails() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Path path = Files.write(directory.resolve("page"), new byte[1]);
      assertThrows(
          FileAlreadyExistsException.class,
          () -> BareFile.PLAIN.write(path, parts(arena, new int[] {1})));
    }
  }

  private static List<Part> parts(Arena arena, int[] shape) {
    List<Part> parts = new ArrayList<>();
    byte next = 1;
    for (int bytes : shape) {
      HostPart part = new HostPart(arena.allocate(bytes));
      for (int i = 0; i < bytes; i++) {
        part.segment().set(ValueLayout.JAVA_BYTE, i, next);
        next = (byte) (next * 31 + 7);
      }
      parts.add(part);
    }
    return parts;
  }

  private static byte[] bytes(List<Part> parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Part part : parts) {
      all.write(PageMemory.memory(part).toArray(ValueLayout.JAVA_BYTE));
    }
    return all.toByteArray();
  }

  private static long sum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }
}
