package io.hicache.codec;

import io.hicache.spi.Option;
import java.util.List;

/** The options of a codec, for the backends that have one to list among their own. */
public final class CodecOptions {
  /** How pages are compressed. */
  public static final Option<Compression> COMPRESSION =
      Option.choice("compression", Compression.class)
          .withDefault("off")
          .withPurpose("compression of pages written, each by itself, where it saves 1/16 or more");

  /** How hard zstd tries. */
  public static final Option<Integer> COMPRESSION_LEVEL =
      Option.number("compression-level", 1, Zstd.MAX_LEVEL)
          .withPurpose(
              "zstd's level, default 1: a higher one is slower and saves little of a cache");

  /** How pages are encrypted. */
  public static final Option<Encryption> ENCRYPTION =
      Option.choice("encryption", Encryption.class)
          .withDefault("off")
          .withPurpose("encryption of pages; aes-gcm needs EncryptionKeys in the configuration");

  private CodecOptions() {}

  /** Returns all of them. */
  public static List<Option<?>> all() {
    return List.of(COMPRESSION, COMPRESSION_LEVEL, ENCRYPTION);
  }
}
