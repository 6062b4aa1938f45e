package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writer killed at any moment leaves whole pages and nothing else, and loses none it called done.
 * {@code -Dhicache.long=true} kills 200 of them.
 */
class KilledWriterTest {
  private static final int PAGES = 128;
  private static final int KILLS = Boolean.getBoolean("hicache.long") ? 200 : 3;

  @TempDir Path directory;
  private final Random random = new Random();

  @Test
  void batchSet_killedAtAnyMoment_leavesWholePagesOnly() throws Exception {
    Set<Integer> done = new TreeSet<>();
    for (int kill = 0; kill < KILLS; kill++) {
      done.addAll(writeUntilKilled());
      assertEveryFileIsWhole();
      assertReadable(done);
    }
    assertTrue(done.size() > WritingProcess.BATCH, "pages done: " + done);
  }

  /** Returns the pages that the writer called done before it died. */
  private Set<Integer> writeUntilKilled() throws IOException, InterruptedException {
    Set<Integer> done = new TreeSet<>();
    Process writer =
        ChildJvm.start(WritingProcess.class, directory.toString(), Integer.toString(PAGES));
    try (BufferedReader lines = writer.inputReader()) {
      assertEquals("begin", lines.readLine());
      int enough = random.nextInt(3 * PAGES / WritingProcess.BATCH);
      for (String line = ""; line != null; line = lines.readLine()) {
        if (line.startsWith("done ") && line.endsWith(".")) {
          int from = Integer.parseInt(line.substring(5, line.length() - 1));
          for (int i = 0; i < WritingProcess.BATCH; i++) {
            done.add(from + i);
          }
        }
        if (enough-- == 0) {
          LockSupport.parkNanos(random.nextInt(5_000_000));
          writer.toHandle().destroyForcibly(); // as Process's own does, but leaves the pipe open
        }
      }
    } finally {
      writer.destroyForcibly().waitFor();
    }
    return done;
  }

  private void assertEveryFileIsWhole() throws IOException {
    for (Path file : new Store(directory).files()) {
      String name = file.getFileName().toString();
      if (!name.endsWith(".tmp")) {
        byte[] content = Files.readAllBytes(file);
        int page = Integer.parseInt(name.substring("kv-page-".length()));
        assertTrue(RecordBytes.intact(name, content), name);
        assertEquals(WritingProcess.bytes(page) + 32, content.length);
        for (int i = 0; i < content.length - 32; i++) {
          if (content[i] != SamplePages.at(i, page)) {
            assertEquals(SamplePages.at(i, page), content[i], "byte " + i + " of " + name);
          }
        }
      }
    }
  }

  private void assertReadable(Set<Integer> pages) {
    try (Arena arena = Arena.ofShared();
        HiCacheStorage storage = new Store(directory).open()) {
      for (int page : pages) {
        Page target =
            SamplePages.blank(arena, WritingProcess.key(page), WritingProcess.bytes(page));
        assertEquals(Outcome.DONE, storage.get(target), "page " + page);
        SamplePages.assertHolds(page, target);
      }
    }
  }
}
