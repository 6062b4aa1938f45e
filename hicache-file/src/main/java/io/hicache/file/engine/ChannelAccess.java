package io.hicache.file.engine;

import io.hicache.Part;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Page files by {@link FileChannel}: what every platform has, and needs no native access. */
final class ChannelAccess implements PageAccess {
  private static final System.Logger LOG = System.getLogger("io.hicache.file");

  private final PageTree tree;

  ChannelAccess(PageTree tree) {
    this.tree = tree;
  }

  @Override
  public Workspace workspace() {
    return Workspace.create(Optional.empty());
  }

  @Override
  public Input open(PageName name, Workspace workspace) throws IOException {
    return new ChannelInput(tree.open(tree.file(name)), workspace.vector());
  }

  @Override
  public Output create(PageName name, Workspace workspace) throws IOException {
    Path file = tree.file(name);
    Path temporary = tree.temporary(file);
    return new ChannelOutput(tree, file, temporary, tree.create(temporary), workspace.vector());
  }

  @Override
  public long size(PageName name, Workspace workspace) throws IOException {
    BasicFileAttributes found = tree.attributes(tree.file(name));
    return found == null || !found.isRegularFile() ? -1 : found.size();
  }

  @Override
  public String toString() {
    return "channels";
  }

  private record ChannelInput(FileChannel channel, PageVector vector) implements Input {
    @Override
    public long read(List<Part> parts, PageRecord record, long expected, @Nullable CRC32C checksum)
        throws IOException {
      try {
        vector.lay(parts, record.footer());
        return vector.read(channel, expected, checksum);
      } finally {
        vector.clear();
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private static final class ChannelOutput implements Output {
    private final PageTree tree;
    private final Path file;
    private final Path temporary;
    private final FileChannel channel;
    private final PageVector vector;
    private boolean published;

    ChannelOutput(
        PageTree tree, Path file, Path temporary, FileChannel channel, PageVector vector) {
      this.tree = tree;
      this.file = file;
      this.temporary = temporary;
      this.channel = channel;
      this.vector = vector;
    }

    @Override
    public void write(List<Part> parts, PageRecord record, @Nullable CRC32C checksum, Runnable seal)
        throws IOException {
      try {
        vector.lay(parts, record.footer());
        vector.write(channel, checksum, seal);
      } finally {
        vector.clear();
      }
    }

    @Override
    public void recordChecksum(int checksum) {
      ChecksumAttribute.write(temporary, checksum);
    }

    @Override
    public void publish() throws IOException {
      channel.close();
      tree.publish(temporary, file);
      published = true;
    }

    /** Keeps the fault that led here: a file that cannot be removed now is swept later. */
    @Override
    public void close() {
      if (published) {
        return;
      }
      try {
        channel.close();
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "left behind", e);
      }
    }
  }
}
