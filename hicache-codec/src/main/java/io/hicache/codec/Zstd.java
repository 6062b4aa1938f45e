package io.hicache.codec;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import java.nio.ByteBuffer;

/**
 * Zstandard by the C library that zstd-jni carries. Its two contexts are native memory: half a MiB
 * at level 1, one at level 3 and ten at level 9 (measured); nothing else is kept from page to page.
 */
final class Zstd implements Packer {
  /** The highest level: a worker's contexts take 10 MiB at it, and far more above. */
  static final int MAX_LEVEL = 9;

  private final ZstdCompressCtx compressor = new ZstdCompressCtx();
  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();

  /**
   * Makes contexts.
   *
   * @throws LinkageError if the library cannot be loaded; {@link #require} says so in time
   */
  Zstd(int level) {
    compressor.setLevel(level);
  }

  /**
   * Returns if the library is here.
   *
   * @throws HiCacheException {@link FaultKind#REFUSED} telling what would help
   */
  static void require() {
    try {
      new Zstd(1).close();
    } catch (LinkageError | IllegalCallerException e) {
      throw missing(e);
    }
  }

  /** Says that the library cannot be loaded, and what would help. */
  static HiCacheException missing(Throwable cause) {
    return new HiCacheException(
        FaultKind.REFUSED,
        "zstd cannot be loaded (%s): start java with --enable-native-access=com.github.luben.zstd_jni (ALL-UNNAMED on the class path), see that java.io.tmpdir may hold libraries or name one by -DZstdNativePath, or set compression=lz4"
            .formatted(cause),
        cause);
  }

  @Override
  public int pack(ByteBuffer from, ByteBuffer to) {
    try {
      return compressor.compressDirectByteBuffer(to, 0, to.limit(), from, 0, from.limit());
    } catch (ZstdException e) {
      if (e.getErrorCode() == com.github.luben.zstd.Zstd.errDstSizeTooSmall()) {
        return TOO_LONG;
      }
      throw failed(e);
    }
  }

  @Override
  public boolean unpack(ByteBuffer from, ByteBuffer to) {
    try {
      return decompressor.decompressDirectByteBuffer(to, 0, to.limit(), from, 0, from.limit())
          == to.limit();
    } catch (ZstdException e) {
      if (e.getErrorCode() == com.github.luben.zstd.Zstd.errMemoryAllocation()) {
        throw failed(e);
      }
      return false;
    }
  }

  @Override
  public void close() {
    compressor.close();
    decompressor.close();
  }

  private static HiCacheException failed(ZstdException e) {
    return new HiCacheException(FaultKind.INTERNAL, "zstd failed: " + e.getMessage(), e);
  }
}
