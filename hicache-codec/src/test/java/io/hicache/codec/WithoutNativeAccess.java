package io.hicache.codec;

import io.hicache.HiCacheException;
import io.hicache.Page;

/** What a server meets that grants native access to nobody: prints what became of each codec. */
final class WithoutNativeAccess {
  private WithoutNativeAccess() {}

  /** Run by {@link ZstdMissingTest} in a JVM of its own. */
  public static void main(String[] arguments) {
    CodecConfig lz4 =
        CodecConfig.PLAIN.withCompression(Compression.LZ4).withEncryption(Samples.KEYS);
    PageCodec codec = PageCodec.of(lz4);
    Page page = Samples.page(Samples.repetitive(4096, 1), 2);
    System.out.println("lz4: " + Samples.decode(codec, Samples.stored(codec, page), page));
    try {
      PageCodec.of(CodecConfig.PLAIN.withCompression(Compression.ZSTD));
    } catch (HiCacheException e) {
      System.out.println("zstd: " + e.kind() + " " + e.getMessage());
    }
    byte[] zstd =
        StoredBytes.repaired(
            StoredBytes.withByte(
                Samples.stored(PageCodec.of(CodecConfig.PLAIN), Samples.page(new byte[64], 1)),
                StoredBytes.AT_COMPRESSION,
                Compression.ZSTD.id()),
            "",
            Samples.KEY);
    byte[] shorter = java.util.Arrays.copyOf(zstd, StoredBytes.HEADER + 40);
    byte[] page40 =
        StoredBytes.repaired(
            StoredBytes.withInt(shorter, StoredBytes.AT_BODY_BYTES, 40), "", Samples.KEY);
    Page target = Samples.page(new byte[64], 1);
    System.out.println("page: " + Samples.decode(PageCodec.of(CodecConfig.PLAIN), page40, target));
  }
}
