package io.hicache.codec;

import io.hicache.StorageConfig;
import io.hicache.spi.Options;
import io.hicache.spi.Quoted;
import java.util.Objects;
import java.util.Optional;

/**
 * What a codec does. Immutable.
 *
 * @param compression how pages are compressed where it pays
 * @param level how hard zstd tries, 1 to {@value Zstd#MAX_LEVEL}; others take no notice
 * @param encryption how pages are encrypted
 * @param keys where keys come from; without {@link #encryption} used to read what others encrypted
 * @param context what a stored page is bound to beside its key, as a namespace's id: at most 512
 *     characters 0x21–0x7E. It is not stored; a page decodes under the same context alone
 * @param checksum whether a page that is not encrypted carries the CRC32C of its stored bytes;
 *     false where the backend's own record has one
 */
public record CodecConfig(
    Compression compression,
    int level,
    Encryption encryption,
    Optional<EncryptionKeys> keys,
    String context,
    boolean checksum) {
  private static final int MAX_CONTEXT = 512;

  /** A codec that writes pages as they are, with a header and a checksum. */
  public static final CodecConfig PLAIN =
      new CodecConfig(Compression.OFF, 1, Encryption.OFF, Optional.empty(), "", true);

  /**
   * Checks that it goes together.
   *
   * @throws IllegalArgumentException if encryption has no keys, or a number or text is out of range
   */
  public CodecConfig {
    Objects.requireNonNull(compression, "compression");
    Objects.requireNonNull(keys, "keys");
    if (level < 1 || level > Zstd.MAX_LEVEL) {
      throw new IllegalArgumentException(
          "compression level %d: must be 1 to %d".formatted(level, Zstd.MAX_LEVEL));
    }
    if (encryption != Encryption.OFF && keys.isEmpty()) {
      throw new IllegalArgumentException(
          "encryption is on: needs keys, config.with(EncryptionKeys.class, …)");
    }
    if (context.length() > MAX_CONTEXT || !context.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new IllegalArgumentException(
          "context %s: must be at most %d characters 0x21 to 0x7E"
              .formatted(Quoted.of(context), MAX_CONTEXT));
    }
  }

  /**
   * Reads the options of a backend.
   *
   * @param backend its name, for messages
   * @param options its options, {@link CodecOptions#all()} among them
   * @param config the configuration, whose attachment {@link EncryptionKeys} is used
   * @throws IllegalArgumentException if they do not go together
   */
  public static CodecConfig from(String backend, Options options, StorageConfig config) {
    Compression compression = options.get(CodecOptions.COMPRESSION);
    Optional<Integer> level = options.find(CodecOptions.COMPRESSION_LEVEL);
    if (level.isPresent() && compression != Compression.ZSTD) {
      throw new IllegalArgumentException(
          "option compression-level of backend %s is %d: must not be set without compression=zstd"
              .formatted(backend, level.get()));
    }
    Encryption encryption = options.get(CodecOptions.ENCRYPTION);
    Optional<EncryptionKeys> keys = config.attachment(EncryptionKeys.class);
    if (encryption != Encryption.OFF && keys.isEmpty()) {
      throw new IllegalArgumentException(
          "option encryption of backend %s is on: needs keys, config.with(EncryptionKeys.class, …)"
              .formatted(backend));
    }
    return new CodecConfig(compression, level.orElse(1), encryption, keys, "", true);
  }

  /**
   * Returns this configuration with another compression.
   *
   * @param other how pages are compressed
   */
  public CodecConfig withCompression(Compression other) {
    return new CodecConfig(other, level, encryption, keys, context, checksum);
  }

  /**
   * Returns this configuration with pages encrypted.
   *
   * @param source where keys come from
   */
  public CodecConfig withEncryption(EncryptionKeys source) {
    return new CodecConfig(
        compression, level, Encryption.AES_GCM, Optional.of(source), context, checksum);
  }

  /**
   * Returns this configuration with pages bound to another context.
   *
   * @param other the context
   */
  public CodecConfig withContext(String other) {
    return new CodecConfig(compression, level, encryption, keys, other, checksum);
  }

  /**
   * Returns this configuration with or without the codec's own checksum.
   *
   * @param carried whether a page that is not encrypted carries one
   */
  public CodecConfig withChecksum(boolean carried) {
    return new CodecConfig(compression, level, encryption, keys, context, carried);
  }

  /** Tells whether it changes pages at all; if not, a backend needs no codec. */
  public boolean changesPages() {
    return compression != Compression.OFF || encryption != Encryption.OFF;
  }

  /** Returns the configuration without the keys. */
  @Override
  public String toString() {
    return "CodecConfig[compression=%s, level=%d, encryption=%s, context=%s, checksum=%s]"
        .formatted(compression, level, encryption, context, checksum);
  }
}
