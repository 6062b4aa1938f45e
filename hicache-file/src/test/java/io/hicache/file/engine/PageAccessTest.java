package io.hicache.file.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hicache.HostPart;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import io.hicache.ffm.NativeFiles;
import io.hicache.file.engine.PageReader.Finding;
import io.hicache.spi.NamespaceRecord;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way to reach page files makes the same files and finds the same faults. */
class PageAccessTest {
  private static final int BLOCK = 4096;
  private static final int STEP = PageVector.STEP;
  private static final PageName NAME =
      new FileNaming(FileNaming.Sharing.RANK)
          .names(new PageKey("a"), RankCoordinates.SINGLE)
          .getFirst();

  @TempDir Path directory;

  /** The ways. */
  enum Way {
    CHANNELS((tree, files) -> new ChannelAccess(tree)),
    DESCRIPTORS(DescriptorAccess::of),
    DESCRIPTORS_WITH_NAMES(DescriptorAccess::named),
    DIRECT((tree, files) -> DirectIo.ON.access(tree, Optional.of(files)));

    @SuppressWarnings("ImmutableEnumChecker") // captures nothing
    private final BiFunction<PageTree, NativeFiles, PageAccess> opening;

    Way(BiFunction<PageTree, NativeFiles, PageAccess> opening) {
      this.opening = opening;
    }
  }

  @ParameterizedTest
  @EnumSource
  void writeThenRead_pagesOfEveryCut_giveTheBytesBack(Way way) throws IOException {
    Engine engine = new Engine(way);
    try (Arena arena = Arena.ofShared()) {
      for (int bytes :
          List.of(1, 4_095, 16 * BLOCK, 1_024 * BLOCK, STEP - 1, STEP, STEP + 1, 2 * STEP + 3)) {
        for (int parts : List.of(1, 3, 4, 16, 160, 1_023, 1_024, 1_100, 2_100)) {
          if (parts <= bytes) {
            engine.roundTrip(arena, bytes, parts);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void readAndWrite_memoryOfManyLifetimes_moveAllOfIt(Way way) throws IOException {
    Engine engine = new Engine(way);
    try (Arena one = Arena.ofShared();
        Arena two = Arena.ofShared()) {
      List<Part> source = new ArrayList<>();
      List<Part> target = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        source.addAll(cut(i % 2 == 0 ? one : two, 5_000 + i, 1, i));
        target.addAll(cut(i % 3 == 0 ? two : one, 5_000 + i, 1, -1));
      }
      for (boolean checksums : new boolean[] {true, false}) {
        engine.move(source, target, checksums);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void read_anyByteChanged_isDamaged(Way way) throws IOException {
    Engine engine = new Engine(way);
    try (Arena arena = Arena.ofShared()) {
      Page page = new Page(new PageKey("a"), cut(arena, STEP + 77, 3, 5));
      for (long at : List.of(0L, (long) STEP - 1, (long) STEP, STEP + 76L, STEP + 80L)) {
        engine.writer(true).write(page, NAME, true, engine.workspace);
        engine.flip(at);
        assertEquals(
            Finding.DAMAGED, engine.reader(true).read(page, NAME, engine.workspace), "byte " + at);
        // The flipped byte is in the page now, and so is what it belongs to.
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void output_closedUnpublished_leavesNothing(Way way) throws IOException {
    Engine engine = new Engine(way);
    try (Arena arena = Arena.ofShared()) {
      PageRecord record = engine.workspace.record();
      record.toWrite(NAME);
      try (PageAccess.Output output = engine.access.create(NAME, engine.workspace)) {
        output.write(cut(arena, 99, 2, 1), record, null, () -> {});
        assertEquals(way == Way.DESCRIPTORS || way == Way.DIRECT ? 0 : 1, engine.files().size());
      }
      assertEquals(List.of(), engine.files());
      assertEquals(-1, engine.access.size(NAME, engine.workspace));
    }
  }

  @ParameterizedTest
  @EnumSource
  void publish_overAPageOfAnotherLength_replacesIt(Way way) throws IOException {
    Engine engine = new Engine(way);
    try (Arena arena = Arena.ofShared()) {
      Page shorter = new Page(new PageKey("a"), cut(arena, 99, 2, 1));
      Page longer = new Page(new PageKey("a"), cut(arena, 199, 2, 2));
      PageWriter writer = engine.writer(true);
      assertEquals(Outcome.DONE, writer.write(shorter, NAME, false, engine.workspace));
      assertEquals(Outcome.KEPT, writer.write(shorter, NAME, false, engine.workspace));
      assertEquals(Outcome.DONE, writer.write(longer, NAME, false, engine.workspace));
      assertEquals(Outcome.DONE, writer.write(longer, NAME, true, engine.workspace));

      assertEquals(List.of(engine.tree.file(NAME)), engine.files());
      assertEquals(199L + PageRecord.BYTES, engine.access.size(NAME, engine.workspace));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyCall_whereNothingIs_saysSoAsTheOthersDo(Way way) throws IOException {
    Engine engine = new Engine(way);
    PageAccess access = engine.access;
    Files.delete(engine.tree.file(NAME).getParent());

    assertThrows(NoSuchFileException.class, () -> access.open(NAME, engine.workspace));
    assertThrows(NoSuchFileException.class, () -> access.create(NAME, engine.workspace));
    assertEquals(-1, access.size(NAME, engine.workspace));
  }

  private static List<Part> cut(Arena arena, int bytes, int parts, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MemorySegment memory = arena.allocate(bytes, BLOCK);
    for (long i = 0; seed >= 0 && i < bytes; i++) {
      memory.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
    }
    List<Part> cut = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      long from = (long) bytes * i / parts;
      cut.add(new HostPart(memory.asSlice(from, (long) bytes * (i + 1) / parts - from)));
    }
    return cut;
  }

  /** A namespace reached in one way. */
  private final class Engine {
    final NamespaceDirectory namespace =
        NamespaceDirectory.open(
            StoreDirectory.open(directory, false),
            NamespaceRecord.of(StorageConfig.of("m", "bfloat16", 64), Optional.empty()),
            true,
            RankCoordinates.SINGLE);
    final PageTree tree = namespace.tree();
    final PageAccess access;
    final Workspace workspace;

    Engine(Way way) throws IOException {
      access = way.opening.apply(tree, NativeFiles.require());
      workspace = access.workspace();
      Files.createDirectories(tree.file(NAME).getParent());
    }

    PageWriter writer(boolean checksums) {
      return new PageWriter(tree, access, namespace, Room.ANY, checksums);
    }

    PageReader reader(boolean checksums) {
      return new PageReader(tree, access, checksums);
    }

    void roundTrip(Arena arena, int bytes, int parts) throws IOException {
      List<Part> source = cut(arena, bytes, parts, bytes);
      List<Part> target = cut(arena, bytes, parts, -1);
      move(source, target, true);
      move(source, target, false);
    }

    void move(List<Part> source, List<Part> target, boolean checksums) throws IOException {
      Page from = new Page(new PageKey("a"), source);
      Page to = new Page(new PageKey("a"), target);
      assertEquals(Outcome.DONE, writer(checksums).write(from, NAME, true, workspace));
      assertEquals(Finding.GOOD, reader(true).read(to, NAME, workspace));
      for (int i = 0; i < source.size(); i++) {
        MemorySegment got = ((HostPart) target.get(i)).segment();
        assertEquals(-1, ((HostPart) source.get(i)).segment().mismatch(got), "part " + i);
        got.fill((byte) 0);
      }
    }

    void flip(long at) throws IOException {
      try (FileChannel file =
          FileChannel.open(tree.file(NAME), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        ByteBuffer one = ByteBuffer.allocate(1);
        file.read(one, at);
        one.put(0, (byte) ~one.get(0)).flip();
        file.write(one, at);
      }
    }

    List<Path> files() throws IOException {
      try (Stream<Path> all = Files.walk(tree.root())) {
        return all.filter(Files::isRegularFile)
            .filter(file -> !file.endsWith(NamespaceDirectory.RECORD))
            .toList();
      }
    }
  }
}
