package io.hicache.file.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  private static final String TEMPORARY = ".0123456789abcdef.tmp";
  private static final Duration OLD = Leftovers.AGE.plusMinutes(1);
  private static final Duration YOUNG = Leftovers.AGE.minusMinutes(1);

  @TempDir Path root;

  @Test
  void sweep_ofOldTemporaryFiles_removesThem() throws Exception {
    file("00/" + TEMPORARY, OLD);
    file("ff/" + TEMPORARY, OLD);
    file(TEMPORARY, OLD);

    sweep();

    assertEquals(List.of(), files());
  }

  @Test
  void sweep_ofYoungOrForeignFiles_leavesThem() throws Exception {
    List<Path> kept =
        List.of(
            file("00/" + TEMPORARY, YOUNG),
            file("00/.0123456789abcde.tmp", OLD),
            file("00/.0123456789ABCDEF.tmp", OLD),
            file("00/0123456789abcdef.tmp", OLD),
            file("00/kv-a", OLD),
            file("00/kv-.0123456789abcdef.tmp", OLD),
            file("elsewhere/" + TEMPORARY, OLD),
            file("namespace", OLD));

    sweep();

    assertEquals(kept.stream().sorted().toList(), files());
  }

  @Test
  void sweep_ofADirectoryOfThatName_leavesIt() throws Exception {
    Path directory = Files.createDirectories(root.resolve("00/" + TEMPORARY));
    Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minus(OLD)));

    sweep();

    assertEquals(true, Files.isDirectory(directory));
  }

  private void sweep() throws InterruptedException {
    PageTree tree = new PageTree(root);
    try (Leftovers leftovers = Leftovers.sweepOf(tree, visitor -> PageWalk.shards(tree, visitor))) {
      leftovers.await();
    }
  }

  private Path file(String path, Duration age) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, "left behind");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    return file;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
