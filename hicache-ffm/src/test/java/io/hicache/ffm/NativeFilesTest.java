package io.hicache.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.ffm.NativeFiles.Caching;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NativeFilesTest {
  private static final int PRIVATE = 0600;

  @TempDir Path path;
  private final NativeFiles files = NativeFiles.require();
  private final CallMemory memory = new CallMemory();
  private NativePath.Directory directory = new NativePath.Directory(Path.of("/"));

  @BeforeEach
  void findDirectory() {
    directory = new NativePath.Directory(path);
  }

  @Test
  void create_newFile_isPrivateAndRefusesASecond() throws IOException {
    files.create(named("private"), PRIVATE, Caching.PAGE_CACHE, memory).close(memory);

    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve("private"))));
    assertThrows(
        FileAlreadyExistsException.class,
        () -> files.create(named("private"), PRIVATE, Caching.PAGE_CACHE, memory));
  }

  @Test
  void open_missingFile_saysWhich() {
    NoSuchFileException e =
        assertThrows(
            NoSuchFileException.class,
            () -> files.open(named("missing"), Caching.PAGE_CACHE, memory));

    assertEquals(path.resolve("missing").toString(), e.getMessage());
  }

  @Test
  void open_aNameThatIsTooLong_saysWhy() {
    NativeIOException e =
        assertThrows(
            NativeIOException.class,
            () -> files.open(named("a".repeat(300)), Caching.PAGE_CACHE, memory));
    NativeIOException path =
        assertThrows(
            NativeIOException.class,
            () -> files.open(named("a/".repeat(3_000)), Caching.PAGE_CACHE, memory));

    assertEquals(Errno.ENAMETOOLONG, e.errno());
    assertEquals(Errno.ENAMETOOLONG, path.errno());
  }

  @Test
  void link_anUnnamedFile_showsItWholeAndOnlyOnce() throws IOException {
    NativeFile file = written("one");
    assertEquals(0, count());
    files.link(file, named("page"), memory);
    file.close(memory);
    assertEquals("one", Files.readString(path.resolve("page")));

    NativeFile second = written("two");
    assertThrows(FileAlreadyExistsException.class, () -> files.link(second, named("page"), memory));
    second.close(memory);

    assertEquals("one", Files.readString(path.resolve("page")));
    assertEquals(1, count());
  }

  @Test
  void linkProcess_anUnnamedFile_doesWithoutPrivileges() throws IOException {
    NativeFile file = written("one");
    files.linkProcess(file, named("page"), memory);
    assertThrows(
        FileAlreadyExistsException.class, () -> files.linkProcess(file, named("page"), memory));
    file.close(memory);

    assertEquals("one", Files.readString(path.resolve("page")));
  }

  @Test
  void link_belowADirectoryThatIsNotThere_isNoSuchFile() throws IOException {
    NativeFile file = written("one");
    assertThrows(NoSuchFileException.class, () -> files.link(file, named("missing/page"), memory));
    files.link(file, named("page"), memory);
    file.close(memory);
    assertEquals("one", Files.readString(path.resolve("page")));
  }

  @Test
  void renameAndUnlink_replaceAndRemove() throws IOException {
    Files.writeString(path.resolve("a"), "new");
    Files.writeString(path.resolve("b"), "old");

    files.rename(named("a"), named("b"), memory);

    assertEquals("new", Files.readString(path.resolve("b")));
    files.unlink(named("b"), memory);
    assertEquals(0, count());
    assertThrows(NoSuchFileException.class, () -> files.unlink(named("b"), memory));
  }

  @Test
  void size_ofWhatIsNoFile_isNone() throws IOException {
    Files.createDirectory(path.resolve("directory"));
    Files.write(path.resolve("file"), new byte[77]);

    assertEquals(77, files.size(named("file"), memory));
    assertEquals(-1, files.size(named("directory"), memory));
    assertEquals(-1, files.size(named("missing"), memory));
  }

  @Test
  void paths_withLettersOfAnyKind_areFoundByTheirBytes() throws IOException {
    Path odd = Files.createDirectory(path.resolve("a b%c+d"));
    NativePath page = new NativePath.Directory(odd).resolve("x%20y");

    files.create(page, PRIVATE, Caching.PAGE_CACHE, memory).close(memory);

    assertTrue(Files.exists(odd.resolve("x%20y")));
    assertEquals(odd + "/x%20y", page.toString());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void find_onLinuxWithAccess_isThere() {
    assertTrue(NativeFiles.find().isPresent());
  }

  private NativeFile written(String text) throws IOException {
    NativeFile file = files.createUnnamed(named(""), PRIVATE, Caching.PAGE_CACHE, memory);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(text);
      memory.vectors().clear();
      memory.vectors().add(bytes, 0, text.length());
      file.write(0, memory);
    }
    return file;
  }

  private long count() throws IOException {
    try (var all = Files.list(path)) {
      return all.count();
    }
  }

  private NativePath named(String name) {
    return directory.resolve(name);
  }
}
