package io.hicache.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PoolName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where compression does not pay, it is given up, tried again now and then, and taken up again. */
class PayoffTest {
  private static final int BYTES = 4096;

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"ZSTD", "LZ4"})
  void encode_ofPagesThatDoNotPay_stopsTryingAndProbes(Compression compression) {
    PageCodec codec = PageCodec.of(CodecConfig.PLAIN.withCompression(compression));
    encode(codec, Samples.random(BYTES, 1), PoolName.KV, Payoff.PATIENCE);
    assertEquals(Payoff.PATIENCE, codec.stats().tried());

    encode(codec, Samples.random(BYTES, 1), PoolName.KV, 3 * Payoff.PROBE_EVERY);
    assertEquals(Payoff.PATIENCE + 3, codec.stats().tried());
    assertEquals(0, codec.stats().paid());
  }

  @Test
  void encode_ofAPageThatPaysAgain_triesEveryPage() {
    PageCodec codec = PageCodec.of(CodecConfig.PLAIN.withCompression(Compression.LZ4));
    encode(codec, Samples.random(BYTES, 1), PoolName.KV, Payoff.PATIENCE);
    encode(codec, Samples.repetitive(BYTES, 1), PoolName.KV, Payoff.PROBE_EVERY);
    assertEquals(1, codec.stats().paid());

    encode(codec, Samples.repetitive(BYTES, 1), PoolName.KV, 10);
    assertEquals(11, codec.stats().paid());
  }

  @Test
  void encode_ofAnotherPool_isNotHeldBackByTheFirst() {
    PageCodec codec = PageCodec.of(CodecConfig.PLAIN.withCompression(Compression.LZ4));
    encode(codec, Samples.random(BYTES, 1), PoolName.KV, Payoff.PATIENCE + 1);
    encode(codec, Samples.repetitive(BYTES, 1), new PoolName("mamba"), 1);

    assertEquals(1, codec.stats().paid());
  }

  @Test
  void limit_ofAnyLength_isFifteenSixteenths() {
    assertEquals(0, Payoff.limit(1));
    assertEquals(15, Payoff.limit(16));
    assertEquals(15, Payoff.limit(17));
    assertEquals(60 << 20, Payoff.limit(Page.MAX_BYTES));
  }

  @Test
  void stats_ofPagesEncoded_countBytesBeforeAndAfter() {
    PageCodec codec = PageCodec.of(CodecConfig.PLAIN);
    encode(codec, Samples.random(BYTES, 1), PoolName.KV, 2);

    CodecStats stats = codec.stats();
    assertEquals(2, stats.pages());
    assertEquals(2 * BYTES, stats.pageBytes());
    assertEquals(2 * (BYTES + PageCodec.HEADER_BYTES), stats.storedBytes());
    assertEquals(0, stats.tried());
  }

  private static void encode(PageCodec codec, byte[] content, PoolName pool, int times) {
    Page page = Guarded.of(new PageKey("a", pool), content.length, 2).page();
    Samples.fill(page, content);
    try (CodecWorkspace workspace = new CodecWorkspace()) {
      for (int i = 0; i < times; i++) {
        Encoded encoded = codec.encode(page, workspace);
        assertTrue(encoded.bytes() <= content.length + PageCodec.OVERHEAD_BYTES);
        assertSame(Encryption.OFF, encoded.encryption());
      }
    }
  }
}
