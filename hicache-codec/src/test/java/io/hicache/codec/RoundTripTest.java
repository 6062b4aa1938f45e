package io.hicache.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.HostPart;
import io.hicache.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every algorithm with and without encryption, over lengths, contents and scattered parts. */
class RoundTripTest {
  private static final int[] LENGTHS = {1, 2, 15, 16, 17, 63, 4096, 65_537, 1 << 20};

  static List<CodecConfig> configs() {
    List<CodecConfig> configs = new ArrayList<>();
    for (Compression compression : Compression.values()) {
      CodecConfig plain = CodecConfig.PLAIN.withCompression(compression).withContext("ns1");
      configs.add(plain);
      configs.add(plain.withChecksum(false));
      configs.add(plain.withEncryption(Samples.KEYS));
    }
    return configs;
  }

  @ParameterizedTest
  @MethodSource("configs")
  void decode_ofWhatWasEncoded_isThePage(CodecConfig config) {
    PageCodec codec = PageCodec.of(config);
    try (CodecWorkspace workspace = new CodecWorkspace()) {
      for (int length : LENGTHS) {
        for (int parts : new int[] {1, 2, 7, 160}) {
          if (parts <= length) {
            assertReturns(codec, Samples.repetitive(length, length), parts, workspace);
            assertReturns(codec, Samples.random(length, length), parts, workspace);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void encode_ofAPageThatDoesNotPay_isAtMostTheOverheadLonger(CodecConfig config) {
    byte[] content = Samples.random(65_536, 3);
    PageCodec codec = PageCodec.of(config);
    int stored = Samples.stored(codec, Samples.page(content, 2)).length;

    int tag = config.encryption() == Encryption.OFF ? 0 : PageCodec.TAG_BYTES;
    assertEquals(65_536 + PageCodec.HEADER_BYTES + tag, stored);
    assertTrue(stored <= 65_536 + PageCodec.OVERHEAD_BYTES);
  }

  @ParameterizedTest
  @MethodSource("configs")
  void encode_ofAPageThatPays_isShorterAndSaysHow(CodecConfig config) {
    Page page = Samples.page(Samples.repetitive(65_536, 3), 2);
    try (CodecWorkspace workspace = new CodecWorkspace()) {
      Encoded encoded = PageCodec.of(config).encode(page, workspace);

      assertSame(config.compression(), encoded.compression());
      assertSame(config.encryption(), encoded.encryption());
      boolean compressed = config.compression() != Compression.OFF;
      assertEquals(compressed, encoded.bytes() < 65_536 / 2);
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void codec_ofManyThreads_mixesNoPages(CodecConfig config) throws Exception {
    PageCodec codec = PageCodec.of(config);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int seed = t;
        all.add(
            threads.submit(() -> {
              try (CodecWorkspace workspace = new CodecWorkspace()) {
                for (int i = 0; i < 50; i++) {
                  assertReturns(codec, Samples.repetitive(9_001, seed + i * 4), 3, workspace);
                }
              }
            }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void encode_ofAPageStoredAsItIs_copiesNothing(CodecConfig config) {
    Page page = Samples.page(Samples.random(8192, 1), 4);
    try (CodecWorkspace workspace = new CodecWorkspace()) {
      Encoded encoded = PageCodec.of(config).encode(page, workspace);

      boolean asItIs = config.encryption() == Encryption.OFF;
      long first = ((HostPart) page.parts().get(0)).segment().address();
      long written = ((HostPart) encoded.parts().get(1)).segment().address();
      assertEquals(asItIs, first == written);
    }
  }

  private static void assertReturns(
      PageCodec codec, byte[] content, int parts, CodecWorkspace workspace) {
    Page page = Samples.page(content, parts);
    Encoded encoded = codec.encode(page, workspace);
    byte[] stored = Samples.content(encoded.parts());
    assertEquals(stored.length, encoded.bytes());
    assertArrayEquals(content, Samples.content(page.parts()), "the source is as it was");

    Guarded target =
        Guarded.of(Samples.KEY, content.length, parts % 3 + 1 > content.length ? 1 : parts % 3 + 1);
    assertSame(Decoding.DONE, codec.decode(Samples.natively(stored), target.page(), workspace));
    assertArrayEquals(content, Samples.content(target.page().parts()));
    target.assertUntouchedAround();
  }
}
