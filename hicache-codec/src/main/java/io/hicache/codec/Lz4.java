package io.hicache.codec;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * LZ4 in plain Java over byte buffers: every access is checked by the buffer, no native library is
 * loaded, and nothing of {@code sun.misc.Unsafe} is called. Packing makes a table of 16 KiB on the
 * heap per page.
 */
final class Lz4 implements Packer {
  private final LZ4Compressor compressor = LZ4Factory.safeInstance().fastCompressor();
  private final LZ4SafeDecompressor decompressor = LZ4Factory.safeInstance().safeDecompressor();

  @Override
  public int pack(ByteBuffer from, ByteBuffer to) {
    try {
      return compressor.compress(from, 0, from.limit(), to, 0, to.limit());
    } catch (LZ4Exception e) {
      // Thrown only where the result does not fit.
      return TOO_LONG;
    }
  }

  @Override
  public boolean unpack(ByteBuffer from, ByteBuffer to) {
    try {
      return decompressor.decompress(from, 0, from.limit(), to, 0, to.limit()) == to.limit();
    } catch (LZ4Exception | IndexOutOfBoundsException e) {
      return false;
    }
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
