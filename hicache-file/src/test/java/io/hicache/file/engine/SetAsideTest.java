package io.hicache.file.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import io.hicache.file.engine.PageReader.Finding;
import io.hicache.spi.NamespaceRecord;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetAsideTest {
  private static final PageName NAME =
      new FileNaming(FileNaming.Sharing.RANK)
          .names(new PageKey("a"), RankCoordinates.SINGLE)
          .getFirst();

  @TempDir Path directory;
  private final Workspace workspace = Workspace.create(Optional.empty());
  private PageTree tree = new PageTree(Path.of("/"));
  private PageReader reader = new PageReader(tree, new ChannelAccess(tree), true);
  private PageWriter writer =
      new PageWriter(tree, new ChannelAccess(tree), file -> {}, Room.ANY, true);
  private SetAside setAside = new SetAside(tree);

  @BeforeEach
  void open() {
    NamespaceRecord record =
        NamespaceRecord.of(StorageConfig.of("m", "bfloat16", 64), Optional.empty());
    NamespaceDirectory namespace =
        NamespaceDirectory.open(
            StoreDirectory.open(directory, false), record, true, RankCoordinates.SINGLE);
    tree = namespace.tree();
    reader = new PageReader(tree, new ChannelAccess(tree), true);
    writer = new PageWriter(tree, new ChannelAccess(tree), namespace, Room.ANY, true);
    setAside = new SetAside(tree);
  }

  @Test
  void take_ofADamagedPage_removesIt() throws IOException {
    damage();
    assertEquals(Finding.DAMAGED, reader.read(page(0), NAME, workspace));

    setAside.take(NAME);

    assertEquals(List.of(), files());
  }

  @Test
  void take_afterAWriterReplacedThePage_keepsTheGoodOne() throws IOException {
    damage();
    assertEquals(Finding.DAMAGED, reader.read(page(0), NAME, workspace));
    assertEquals(Outcome.DONE, writer.write(page(2), NAME, true, workspace));
    byte[] good = Files.readAllBytes(tree.file(NAME));

    setAside.take(NAME);

    assertEquals(List.of(tree.file(NAME)), files());
    assertArrayEquals(good, Files.readAllBytes(tree.file(NAME)));
    assertEquals(Finding.GOOD, reader.read(page(0), NAME, workspace));
  }

  @Test
  void take_afterAPageOfAnotherLengthCame_keepsIt() throws IOException {
    damage();
    writer.write(page(5_000, 1), NAME, true, workspace);

    setAside.take(NAME);

    assertEquals(Finding.GOOD, reader.read(page(5_000, 0), NAME, workspace));
  }

  @Test
  void take_afterAnotherTookIt_doesNothing() throws IOException {
    damage();
    setAside.take(NAME);

    setAside.take(NAME);

    assertEquals(List.of(), files());
  }

  @Test
  void publishIfAbsent_whereANewerPageCame_keepsTheNewer() throws IOException {
    writer.write(page(1), NAME, true, workspace);
    Path aside = tree.temporary(tree.file(NAME));
    Files.move(tree.file(NAME), aside);
    writer.write(page(2), NAME, true, workspace);
    byte[] newer = Files.readAllBytes(tree.file(NAME));

    tree.publishIfAbsent(aside, tree.file(NAME));

    assertArrayEquals(newer, Files.readAllBytes(tree.file(NAME)));
    assertFalse(Files.exists(aside));
  }

  @Test
  void take_whileWritersReplaceThePage_neverLosesALastGoodOne() throws Exception {
    for (int round = 0; round < 200; round++) {
      damage();
      Thread taker = Thread.ofPlatform().start(() -> setAside.take(NAME));
      writer.write(page(round), NAME, true, workspace);
      taker.join();

      assertTrue(Files.exists(tree.file(NAME)), "round " + round);
      assertEquals(Finding.GOOD, reader.read(page(0), NAME, workspace), "round " + round);
      assertEquals(1, files().size(), "round " + round);
    }
  }

  private void damage() throws IOException {
    writer.write(page(1), NAME, true, workspace);
    byte[] bytes = Files.readAllBytes(tree.file(NAME));
    bytes[17] ^= 4;
    Files.write(tree.file(NAME), bytes);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(tree.root())) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.endsWith(NamespaceDirectory.RECORD))
          .toList();
    }
  }

  private static Page page(int seed) {
    return page(1_000, seed);
  }

  private static Page page(int bytes, int seed) {
    return Page.of(new PageKey("a"), Arena.ofAuto().allocate(bytes).fill((byte) seed));
  }
}
