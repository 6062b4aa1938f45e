package io.hicache.codec;

import static io.hicache.codec.Decoding.DAMAGED;
import static io.hicache.codec.Decoding.DONE;
import static io.hicache.codec.Decoding.LOCKED;
import static io.hicache.codec.Decoding.OTHER_LENGTH;
import static io.hicache.codec.Decoding.UNREADABLE;
import static io.hicache.codec.Decoding.UNSEALED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hicache.DevicePart;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PoolName;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each way of not being the page looked for is told apart as. */
class StoredPageTest {
  private static final int BYTES = 4096;
  private static final byte[] CONTENT = Samples.repetitive(BYTES, 5);
  private static final CodecConfig ZSTD = CodecConfig.PLAIN.withCompression(Compression.ZSTD);
  private static final CodecConfig SEALED = ZSTD.withEncryption(Samples.KEYS);

  private final PageCodec open = PageCodec.of(ZSTD);
  private final PageCodec sealed = PageCodec.of(SEALED);

  private static byte[] stored(PageCodec codec) {
    return Samples.stored(codec, Samples.page(CONTENT, 1));
  }

  private static Page target(PageKey key, int bytes) {
    return Guarded.of(key, bytes, 2).page();
  }

  private static Decoding decode(PageCodec codec, byte[] stored) {
    return Samples.decode(codec, stored, target(Samples.KEY, BYTES));
  }

  private static byte[] forged(byte[] stored) {
    return StoredBytes.repaired(stored, "", Samples.KEY);
  }

  @Test
  void decode_ofEveryTruncation_isDamaged() {
    for (PageCodec codec : List.of(open, sealed)) {
      byte[] whole = stored(codec);
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertSame(DAMAGED, decode(codec, cut), length + " bytes");
        assertSame(DAMAGED, decode(codec, forged(cut)), length + " bytes, forged");
      }
    }
  }

  @Test
  void decode_withBytesBehind_isDamaged() {
    byte[] whole = stored(sealed);
    assertSame(DAMAGED, decode(sealed, Arrays.copyOf(whole, whole.length + 1)));
  }

  @Test
  void decode_underAnotherKeyPoolOrContext_isDamaged() {
    for (PageCodec codec : List.of(open, sealed)) {
      byte[] whole = stored(codec);
      PageKey other = new PageKey("1f".repeat(32));
      PageKey pool = Samples.KEY.in(new PoolName("mamba"));
      assertSame(DAMAGED, Samples.decode(codec, whole, target(other, BYTES)));
      assertSame(DAMAGED, Samples.decode(codec, whole, target(pool, BYTES)));
    }
    assertSame(DAMAGED, decode(PageCodec.of(SEALED.withContext("ns")), stored(sealed)));
  }

  @Test
  void decode_ofASealedPageReplayedUnderAnotherKey_isDamagedThoughForged() {
    PageKey other = new PageKey("1f".repeat(32));
    byte[] forged = StoredBytes.repaired(stored(sealed), "", other);
    assertSame(DAMAGED, Samples.decode(sealed, forged, target(other, BYTES)));
  }

  @Test
  void decode_ofBodiesSwappedBetweenHeaders_isDamaged() {
    byte[] one = stored(sealed);
    byte[] two = stored(sealed);
    byte[] mixed = one.clone();
    int body = StoredBytes.HEADER;
    System.arraycopy(two, body, mixed, body, mixed.length - body);
    assertSame(DAMAGED, decode(sealed, mixed));
  }

  @Test
  void decode_withAnotherKeyOfTheSameId_isDamaged() {
    EncryptionKeys wrong = EncryptionKeys.of("k1", Samples.secret(2));
    assertSame(DAMAGED, decode(PageCodec.of(ZSTD.withEncryption(wrong)), stored(sealed)));
  }

  @Test
  void decode_withoutTheKey_isLocked() {
    EncryptionKeys other = EncryptionKeys.of("k2", Samples.secret(2));
    assertSame(LOCKED, decode(PageCodec.of(ZSTD.withEncryption(other)), stored(sealed)));
    assertSame(LOCKED, decode(open, stored(sealed)));
  }

  @Test
  void decode_ofAnOpenPageWhereAllAreSealed_isUnsealed() {
    assertSame(UNSEALED, decode(sealed, stored(open)));
  }

  @Test
  void decode_intoAnotherLength_isOtherLength() {
    Page longer = target(Samples.KEY, BYTES + 1);
    assertSame(OTHER_LENGTH, Samples.decode(open, stored(open), longer));
    assertSame(OTHER_LENGTH, Samples.decode(sealed, stored(sealed), longer));
  }

  @Test
  void decode_ofANewerVersionOrUnknownAlgorithm_isUnreadable() {
    byte[] whole = stored(open);
    assertSame(UNREADABLE, decode(open, forged(StoredBytes.withByte(whole, 8, 2))));
    assertSame(UNREADABLE, decode(open, forged(StoredBytes.withByte(whole, 10, 9))));
    assertSame(UNREADABLE, decode(open, forged(StoredBytes.withByte(whole, 11, 9))));
    assertSame(UNREADABLE, decode(open, forged(StoredBytes.withByte(whole, 20, 3))));
    assertSame(UNREADABLE, decode(open, forged(StoredBytes.withByte(whole, 23, 1))));
    assertSame(DAMAGED, decode(open, StoredBytes.withByte(whole, 8, 2)));
  }

  @Test
  void decode_ofLengthsThatCannotBe_isDamaged() {
    byte[] whole = stored(open);
    for (int value : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, (64 << 20) + 1}) {
      assertSame(
          DAMAGED,
          decode(open, forged(StoredBytes.withInt(whole, StoredBytes.AT_PAGE_BYTES, value))));
      assertSame(
          DAMAGED,
          decode(open, forged(StoredBytes.withInt(whole, StoredBytes.AT_BODY_BYTES, value))));
    }
    assertSame(
        DAMAGED,
        decode(sealed, forged(StoredBytes.withByte(stored(sealed), StoredBytes.AT_ID_BYTES, 33))));
  }

  @Test
  void decode_byACodecOfOtherAlgorithms_readsWhatTheHeaderSays() {
    EncryptionKeys keys = Samples.KEYS;
    CodecConfig reader =
        new CodecConfig(Compression.LZ4, 1, Encryption.OFF, java.util.Optional.of(keys), "", true);
    for (PageCodec writer : List.of(open, sealed)) {
      Page target = target(Samples.KEY, BYTES);
      assertSame(DONE, Samples.decode(PageCodec.of(reader), stored(writer), target));
      assertArrayEquals(CONTENT, Samples.content(target.parts()));
    }
  }

  /** The form of version 1, written once: what later releases must still read. */
  @Test
  void decode_ofAPageOfVersionOne_isThePage() {
    byte[] whole =
        HexFormat.of()
            .parseHex(
                "484943414348454301000000030000000300000001000000"
                    + "00".repeat(56)
                    + "b73f4b36"
                    + "1bafa901"
                    + "616263");
    Page target = target(Samples.KEY, 3);
    assertEquals(
        HexFormat.of().formatHex(whole),
        HexFormat.of()
            .formatHex(
                Samples.stored(
                    PageCodec.of(CodecConfig.PLAIN), Samples.page(new byte[] {'a', 'b', 'c'}, 1))));
    assertSame(DONE, Samples.decode(open, whole, target));
  }

  @Test
  void codec_ofMemoryItCannotReach_isRefused() {
    Page device = new Page(Samples.KEY, List.of(new DevicePart(0, 4096, 64)));
    try (CodecWorkspace workspace = new CodecWorkspace()) {
      assertThrows(IllegalArgumentException.class, () -> open.encode(device, workspace));
      MemorySegment heap = MemorySegment.ofArray(new byte[200]);
      Page target = target(Samples.KEY, 64);
      assertThrows(IllegalArgumentException.class, () -> open.decode(heap, target, workspace));
    }
  }
}
