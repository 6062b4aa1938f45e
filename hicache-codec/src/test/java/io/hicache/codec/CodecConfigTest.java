package io.hicache.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.StorageConfig;
import io.hicache.spi.Options;
import org.junit.jupiter.api.Test;

class CodecConfigTest {
  private static final StorageConfig STORAGE = StorageConfig.of("m", "bfloat16", 64);

  private static CodecConfig from(StorageConfig config) {
    return CodecConfig.from("some", Options.read("some", config, CodecOptions.all()), config);
  }

  private static String refusal(StorageConfig config) {
    String message = assertThrows(IllegalArgumentException.class, () -> from(config)).getMessage();
    return String.valueOf(message);
  }

  @Test
  void from_noOptions_changesNoPages() {
    assertEquals(CodecConfig.PLAIN, from(STORAGE));
    assertFalse(CodecConfig.PLAIN.changesPages());
  }

  @Test
  void from_everyOption_isWhatItSays() {
    CodecConfig config =
        from(
            STORAGE
                .withOption("compression", "zstd")
                .withOption("compression_level", "3")
                .withOption("encryption", "aes-gcm")
                .with(EncryptionKeys.class, Samples.KEYS));

    assertEquals(Compression.ZSTD, config.compression());
    assertEquals(3, config.level());
    assertEquals(Encryption.AES_GCM, config.encryption());
    assertEquals(Samples.KEYS, config.keys().orElseThrow());
    assertTrue(config.changesPages());
    assertEquals(Compression.LZ4, from(STORAGE.withOption("compression", "lz4")).compression());
  }

  @Test
  void from_keysWithoutEncryption_keepsThemToRead() {
    CodecConfig config = from(STORAGE.with(EncryptionKeys.class, Samples.KEYS));
    assertTrue(config.keys().isPresent());
    assertEquals(Encryption.OFF, config.encryption());
  }

  @Test
  void from_encryptionWithoutKeys_isRefused() {
    assertEquals(
        "option encryption of backend some is on: needs keys, config.with(EncryptionKeys.class, …)",
        refusal(STORAGE.withOption("encryption", "aes-gcm")));
  }

  @Test
  void from_aLevelWithoutZstd_isRefused() {
    assertEquals(
        "option compression-level of backend some is 3: must not be set without compression=zstd",
        refusal(STORAGE.withOption("compression-level", "3").withOption("compression", "lz4")));
  }

  @Test
  void from_valuesOutOfRange_areRefused() {
    StorageConfig zstd = STORAGE.withOption("compression", "zstd");
    assertTrue(refusal(zstd.withOption("compression-level", "10")).contains("compression-level"));
    assertTrue(refusal(STORAGE.withOption("compression", "gzip")).contains("off | zstd | lz4"));
    assertThrows(IllegalArgumentException.class, () -> CodecConfig.PLAIN.withContext("with\0zero"));
  }
}
