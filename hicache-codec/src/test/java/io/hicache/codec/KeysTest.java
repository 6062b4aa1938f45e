package io.hicache.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.Page;
import io.hicache.StorageConfig;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Where keys come from, that they change, and that nothing tells them. */
class KeysTest {
  private static final byte[] CONTENT = Samples.repetitive(4096, 5);
  private static final int AT_NONCE = 56;

  /** A source whose current key changes. */
  private static final class Rotating implements EncryptionKeys {
    private final Map<String, SecretKey> known = new ConcurrentHashMap<>();
    private volatile String current = "";

    void rotate(String id, SecretKey key) {
      known.put(id, key);
      current = id;
    }

    @Override
    public String current() {
      return current;
    }

    @Override
    public Optional<SecretKey> find(String id) {
      return Optional.ofNullable(known.get(id));
    }
  }

  private static PageCodec codec(EncryptionKeys keys) {
    return PageCodec.of(CodecConfig.PLAIN.withEncryption(keys));
  }

  @Test
  void decode_afterTheKeyWasChanged_readsOldAndNewPages() {
    Rotating keys = new Rotating();
    keys.rotate("2025", Samples.secret(1));
    PageCodec codec = codec(keys);
    byte[] old = Samples.stored(codec, Samples.page(CONTENT, 2));
    keys.rotate("2026", Samples.secret(2));
    byte[] young = Samples.stored(codec, Samples.page(CONTENT, 2));

    for (byte[] stored : new byte[][] {old, young}) {
      Page target = Guarded.of(Samples.KEY, CONTENT.length, 2).page();
      assertSame(Decoding.DONE, Samples.decode(codec, stored, target));
      assertArrayEquals(CONTENT, Samples.content(target.parts()));
    }
    assertFalse(Arrays.equals(old, 24, 28, young, 24, 28), "the ids differ");
  }

  @Test
  void encode_ofOnePageManyTimes_neverUsesANonceTwice() {
    Set<String> nonces = new HashSet<>();
    for (int codecs = 0; codecs < 4; codecs++) {
      PageCodec codec = codec(Samples.KEYS);
      for (int i = 0; i < 500; i++) {
        byte[] stored = Samples.stored(codec, Samples.page(new byte[32], 1));
        nonces.add(HexFormat.of().formatHex(stored, AT_NONCE, AT_NONCE + 24));
      }
    }
    assertEquals(2_000, nonces.size());
  }

  @Test
  void stored_ofASealedPage_holdsNothingOfTheContent() {
    String content = HexFormat.of().formatHex(CONTENT, 1, 17);
    byte[] stored = Samples.stored(codec(Samples.KEYS), Samples.page(CONTENT, 1));

    assertFalse(HexFormat.of().formatHex(stored).contains(content));
  }

  @Test
  void text_ofWhatHoldsAKey_doesNotShowIt() {
    CodecConfig config = CodecConfig.PLAIN.withEncryption(Samples.KEYS);
    StorageConfig storage =
        StorageConfig.of("m", "bfloat16", 64).with(EncryptionKeys.class, Samples.KEYS);
    String key = Samples.SECRET.toString();

    for (Object each : new Object[] {Samples.KEYS, config, storage, PageCodec.of(config)}) {
      assertFalse(each.toString().contains(key), each.toString());
    }
    assertEquals("EncryptionKeys[k1]", Samples.KEYS.toString());
  }

  @Test
  void of_aKeyOf128Bits_isRefusedByItsId() {
    byte[] weak = "sixteen-byte-key".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    HiCacheException refused =
        assertThrows(
            HiCacheException.class,
            () -> codec(EncryptionKeys.of("weak", new SecretKeySpec(weak, "AES"))));

    assertEquals(FaultKind.REFUSED, refused.kind());
    assertEquals("key weak: must be an AES key of 256 bits", refused.getMessage());
    assertNull(refused.getCause());
  }

  @Test
  void of_aCurrentKeyThatIsNotKnown_isRefused() {
    Rotating keys = new Rotating();
    HiCacheException none = assertThrows(HiCacheException.class, () -> codec(keys));
    assertTrue(none.getMessage().startsWith("current key id of 0 characters: "), none.getMessage());

    keys.current = "gone";
    HiCacheException gone = assertThrows(HiCacheException.class, () -> codec(keys));
    assertEquals("key gone: is the current one, but is not known", gone.getMessage());
  }

  @Test
  void codec_whoseSourceFails_tellsItsTypeAlone() {
    Rotating keys = new Rotating();
    keys.rotate("k1", Samples.SECRET);
    PageCodec codec = codec(keys);
    byte[] stored = Samples.stored(codec, Samples.page(CONTENT, 1));
    EncryptionKeys failing =
        new EncryptionKeys() {
          @Override
          public String current() {
            return "k1";
          }

          @Override
          public Optional<SecretKey> find(String id) {
            throw new IllegalStateException("vault: token s3cr3t is not valid");
          }
        };
    CodecConfig config =
        new CodecConfig(Compression.OFF, 1, Encryption.OFF, Optional.of(failing), "", true);
    Page target = Guarded.of(Samples.KEY, CONTENT.length, 1).page();
    HiCacheException failed =
        assertThrows(
            HiCacheException.class, () -> Samples.decode(PageCodec.of(config), stored, target));

    assertEquals(FaultKind.UNAVAILABLE, failed.kind());
    assertEquals("the source of keys failed: java.lang.IllegalStateException", failed.getMessage());
    assertNull(failed.getCause());
  }

  @Test
  void of_anIdThatIsNone_isRefusedWithoutShowingIt() {
    for (String id : new String[] {"", "a b", "é", "k".repeat(33)}) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> EncryptionKeys.of(id, Samples.SECRET));
      assertEquals(
          "key id of %d characters: must be 1 to 32 characters 0x21 to 0x7E".formatted(id.length()),
          refused.getMessage());
    }
  }
}
