package io.hicache.file.engine;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.HostPart;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done with one page: with its file, or, where its head groups have one each, with all of
 * them, so that the page is there only if every one is. Thread-safe; each call with a workspace of
 * its own.
 */
final class PageFiles {
  private final PageTree tree;
  private final PageAccess access;
  private final Room room;
  private final PageReader reader;
  private final PageWriter writer;
  private final SetAside setAside;
  private final IoPool pool;

  PageFiles(PageDirectory directory, PageAccess access, Room room, boolean checksums, IoPool pool) {
    this.tree = directory.tree();
    this.access = access;
    this.room = room;
    this.reader = new PageReader(tree, access, checksums);
    this.writer = new PageWriter(tree, access, directory, room, checksums);
    this.setAside = new SetAside(tree);
    this.pool = pool;
  }

  /** Reads a page; one that is not all there leaves the target as it is. */
  Outcome get(Page target, List<PageName> names, Workspace workspace) throws IOException {
    try {
      return names.size() == 1
          ? judged(reader.read(target, names.getFirst(), workspace), names.getFirst())
          : getGroups(target, names, workspace);
    } catch (NoSuchFileException e) {
      return Outcome.ABSENT;
    }
  }

  /** Writes a page unless one of the same length is there. */
  Outcome set(Page source, List<PageName> names, boolean overwrite, Workspace workspace)
      throws IOException {
    if (names.size() == 1) {
      return writer.write(source, names.getFirst(), overwrite, workspace);
    }
    Outcome worst = Outcome.KEPT;
    for (int i = 0; i < names.size(); i++) {
      Page group = group(source, i, names.size());
      if (writer.write(group, names.get(i), overwrite, workspace) == Outcome.DONE) {
        worst = Outcome.DONE;
      }
    }
    return worst;
  }

  /** Deletes a page. */
  Outcome delete(List<PageName> names, Workspace workspace) throws IOException {
    boolean deleted = false;
    for (PageName name : names) {
      long bytes = room.counts() ? access.size(name, workspace) : 0;
      if (Files.deleteIfExists(tree.file(name))) {
        deleted = true;
        room.removed(Math.max(bytes, 0));
      }
    }
    return deleted ? Outcome.DONE : Outcome.ABSENT;
  }

  /** Returns a page's length by its files', in one system call each; 0 if it is not all there. */
  long payloadBytes(List<PageName> names, Workspace workspace) throws IOException {
    long all = 0;
    for (PageName name : names) {
      long bytes = access.size(name, workspace) - name.footerBytes();
      if (bytes < 1) {
        return 0;
      }
      all += bytes;
    }
    return all;
  }

  /** Opens every group's file before it reads one, since a miss must not touch the target. */
  private Outcome getGroups(Page target, List<PageName> names, Workspace workspace)
      throws IOException {
    List<PageAccess.Input> files = new ArrayList<>(names.size());
    try {
      for (PageName name : names) {
        files.add(access.open(name, workspace));
      }
      Outcome worst = Outcome.DONE;
      for (int i = 0; i < names.size(); i++) {
        Page group = group(target, i, names.size());
        PageReader.Finding found = reader.read(files.get(i), group, names.get(i), workspace);
        if (judged(found, names.get(i)) != Outcome.DONE) {
          worst = Outcome.MISMATCH;
        }
      }
      return worst;
    } finally {
      for (PageAccess.Input file : files) {
        file.close();
      }
    }
  }

  private Outcome judged(PageReader.Finding finding, PageName name) throws IOException {
    return switch (finding) {
      case GOOD -> {
        room.used(name);
        yield Outcome.DONE;
      }
      case OTHER -> Outcome.MISMATCH;
      case DAMAGED -> {
        pool.uninterrupted(() -> setAside.take(name));
        yield Outcome.MISMATCH;
      }
    };
  }

  /** Returns one of a page's equal groups, without a copy. */
  private static Page group(Page page, int index, int count) {
    long bytes = page.bytes();
    if (bytes < count) {
      throw new HiCacheException(
          FaultKind.REFUSED,
          "page %s of %d bytes: must have bytes for each of its %d head groups"
              .formatted(page.key(), bytes, count));
    }
    long from = bytes * index / count;
    long to = bytes * (index + 1) / count;
    List<Part> parts = new ArrayList<>();
    long at = 0;
    for (Part part : page.parts()) {
      long begin = Math.max(from - at, 0);
      long end = Math.min(to - at, part.bytes());
      if (begin < end) {
        parts.add(new HostPart(((HostPart) part).segment().asSlice(begin, end - begin)));
      }
      at += part.bytes();
    }
    return new Page(page.key(), parts);
  }
}
