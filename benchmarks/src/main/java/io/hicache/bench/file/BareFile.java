package io.hicache.bench.file;

import io.hicache.Part;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * One page to or from one file by a bare {@link FileChannel}, in one of the ways a floor may.
 *
 * @param checked whether a CRC32C is taken of the page
 * @param stepBytes most bytes between two looks at the checksum
 * @param renamed whether a write goes to another name first
 */
record BareFile(boolean checked, long stepBytes, boolean renamed) {
  /** The step of the floors that check as bytes move: what fits a processor's second cache. */
  static final int STEP_BYTES = 256 << 10;

  static final BareFile PLAIN = new BareFile(false, Long.MAX_VALUE, false);
  static final BareFile RENAMED = new BareFile(false, Long.MAX_VALUE, true);
  static final BareFile CHECKED = new BareFile(true, Long.MAX_VALUE, false);
  static final BareFile CHECKED_IN_STEPS = new BareFile(true, STEP_BYTES, false);

  /* Sets, because a varargs open makes one anew for every file. */
  private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);
  private static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  /** Reads a file into the parts and returns the page's CRC32C, or 0 unchecked. */
  long read(Path file, List<Part> parts) throws IOException {
    CRC32C crc = new CRC32C();
    try (FileChannel channel = FileChannel.open(file, READ)) {
      for (ByteBuffer[] step : steps(parts)) {
        while (step[step.length - 1].hasRemaining()) {
          if (channel.read(step) < 0) {
            throw new EOFException(file + " is too short");
          }
        }
        for (ByteBuffer buffer : step) {
          update(crc, buffer.flip());
        }
      }
    }
    return crc.getValue();
  }

  /** Writes the parts to a new file and returns the page's CRC32C, or 0 unchecked. */
  long write(Path file, List<Part> parts) throws IOException {
    CRC32C crc = new CRC32C();
    Path first = renamed ? file.resolveSibling(file.getFileName() + ".tmp") : file;
    try (FileChannel channel = FileChannel.open(first, CREATE)) {
      for (ByteBuffer[] step : steps(parts)) {
        for (ByteBuffer buffer : step) {
          update(crc, buffer);
          buffer.rewind();
        }
        while (step[step.length - 1].hasRemaining()) {
          channel.write(step);
        }
      }
    }
    if (renamed) {
      Files.move(first, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return crc.getValue();
  }

  private void update(CRC32C crc, ByteBuffer buffer) {
    if (checked) {
      crc.update(buffer);
    }
  }

  /** Gathers small parts and cuts large ones, so that no step is larger than it may be. */
  private List<ByteBuffer[]> steps(List<Part> parts) {
    List<ByteBuffer[]> steps = new ArrayList<>(1);
    List<ByteBuffer> step = new ArrayList<>(parts.size());
    long room = stepBytes;
    for (Part part : parts) {
      ByteBuffer buffer = PageMemory.memory(part).asByteBuffer();
      while (buffer.remaining() > room) {
        if (step.isEmpty()) {
          steps.add(new ByteBuffer[] {buffer.slice(buffer.position(), (int) room)});
          buffer.position(buffer.position() + (int) room);
        } else {
          steps.add(step.toArray(ByteBuffer[]::new));
          step.clear();
          room = stepBytes;
        }
      }
      step.add(buffer.slice());
      room -= buffer.remaining();
    }
    steps.add(step.toArray(ByteBuffer[]::new));
    return steps;
  }
}
