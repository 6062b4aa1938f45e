package io.hicache.codec;

import io.hicache.HostPart;
import io.hicache.Page;
import io.hicache.Part;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What one worker needs to encode and decode pages one after another, kept so that a page costs no
 * buffer.
 *
 * <p><b>Bytes.</b> All of it is native memory: two blocks of at most twice the longest page seen,
 * each made when first needed, and zstd's contexts where zstd was used (½ MiB at level 1, 10 MiB at
 * level 9). <b>Ownership.</b> The backend's; no memory of a caller stays in it. <b>Threads.</b> One
 * at a time; any workspace serves any codec. <b>Lifetime.</b> Until closed, and then it is refused.
 */
public final class CodecWorkspace implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final CodecHeader header = new CodecHeader(arena);
  private final CRC32C checksum = new CRC32C();
  private final Scratch first = new Scratch();
  private final Scratch second = new Scratch();
  private final Packer lz4 = new Lz4();
  private final byte[] nonce = new byte[Sealer.NONCE_BYTES];
  private @Nullable Packer zstd;
  private @Nullable Sealer sealer;
  private int zstdLevel;

  /** Makes a workspace, empty. */
  public CodecWorkspace() {}

  /** Returns the header, if the workspace is open. */
  CodecHeader header() {
    if (!arena.scope().isAlive()) {
      throw new IllegalStateException("workspace: must not be used after it was closed");
    }
    return header;
  }

  CRC32C checksum() {
    return checksum;
  }

  Scratch first() {
    return first;
  }

  Scratch second() {
    return second;
  }

  byte[] nonce() {
    return nonce;
  }

  Sealer sealer() {
    if (sealer == null) {
      sealer = new Sealer();
    }
    return sealer;
  }

  /** Returns what compresses, set to a level. */
  Packer packer(Compression compression, int level) {
    return switch (compression) {
      case OFF -> throw new IllegalArgumentException("nothing compresses with off");
      case LZ4 -> lz4;
      case ZSTD -> zstd(level);
    };
  }

  private Packer zstd(int level) {
    Packer made = zstd;
    if (made == null || level != zstdLevel) {
      if (made != null) {
        made.close();
        zstd = null;
      }
      made = new Zstd(level);
      zstd = made;
      zstdLevel = level;
    }
    return made;
  }

  /** Bytes of native memory in its blocks. */
  long roomBytes() {
    return first.room() + second.room() + CodecHeader.BYTES;
  }

  /** Copies a page's parts one behind another. */
  static void gather(List<Part> parts, MemorySegment to) {
    long at = 0;
    for (Part part : parts) {
      MemorySegment from = ((HostPart) part).segment();
      MemorySegment.copy(from, 0, to, at, from.byteSize());
      at += from.byteSize();
    }
  }

  /** Copies a page's bytes to where they belong. */
  static void scatter(MemorySegment from, List<Part> parts) {
    long at = 0;
    for (Part part : parts) {
      MemorySegment to = ((HostPart) part).segment();
      MemorySegment.copy(from, at, to, 0, to.byteSize());
      at += to.byteSize();
    }
  }

  /**
   * Returns a page's bytes as one segment: its own where they are contiguous, else from a block.
   */
  static MemorySegment whole(Page page, long bytes, Scratch scratch) {
    return page.parts().size() == 1 && page.parts().get(0) instanceof HostPart(MemorySegment only)
        ? only
        : scratch.take(bytes);
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
    first.close();
    second.close();
    if (zstd != null) {
      zstd.close();
      zstd = null;
    }
    sealer = null;
  }
}
