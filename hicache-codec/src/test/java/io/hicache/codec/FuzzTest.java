package io.hicache.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.Page;
import io.hicache.PageKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is stored, decoding answers: no exception, no byte beside the target, no block longer
 * than the page asks for, and {@link Decoding#DONE} for nothing but the page. 60,000 mutations.
 */
class FuzzTest {
  private static final int MUTATIONS = 6_000;
  private static final int BYTES = 3_000;
  private static final String CONTEXT = "ns";
  private static final long MOST_ROOM = 2 * (64 << 10) + 1_024;

  static List<CodecConfig> configs() {
    CodecConfig plain = CodecConfig.PLAIN.withContext(CONTEXT);
    return List.of(
        plain,
        plain.withCompression(Compression.ZSTD),
        plain.withCompression(Compression.LZ4),
        plain.withCompression(Compression.ZSTD).withEncryption(Samples.KEYS),
        plain.withCompression(Compression.LZ4).withEncryption(Samples.KEYS));
  }

  @ParameterizedTest
  @MethodSource("configs")
  void decode_ofGarbledBytes_isThePageOrNone(CodecConfig config) {
    Map<Decoding, Integer> seen = fuzz(config, false, true);

    assertTrue(seen.getOrDefault(Decoding.DAMAGED, 0) > MUTATIONS / 2, seen.toString());
  }

  /**
   * With checksums made right the algorithms themselves meet the garbage. Without encryption a
   * forger can then have any page taken for good, but only that.
   */
  @ParameterizedTest
  @MethodSource("configs")
  void decode_ofForgedBytes_staysInsideTheTarget(CodecConfig config) {
    boolean sealed = config.encryption() != Encryption.OFF;
    Map<Decoding, Integer> seen = fuzz(config, true, sealed);

    assertTrue(seen.getOrDefault(Decoding.DAMAGED, 0) > MUTATIONS / 10, seen.toString());
    assertTrue(seen.getOrDefault(Decoding.DONE, 0) > 0 || sealed, seen.toString());
  }

  private static Map<Decoding, Integer> fuzz(CodecConfig config, boolean forged, boolean strict) {
    PageCodec codec = PageCodec.of(config);
    byte[] content = Samples.repetitive(BYTES, 1);
    byte[] stored = Samples.stored(codec, Samples.page(content, 3));
    byte[] other = Samples.stored(codec, strange());
    Mutator mutator = new Mutator(7);
    PageKey key = Samples.KEY;
    Map<Decoding, Integer> seen = new EnumMap<>(Decoding.class);
    try (CodecWorkspace workspace = new CodecWorkspace()) {
      for (int i = 0; i < MUTATIONS; i++) {
        byte[] changed = mutator.mutate(stored, other);
        byte[] given = forged ? StoredBytes.repaired(changed, CONTEXT, key) : changed;
        Guarded target = Guarded.of(key, BYTES, 1 + i % 3);
        Decoding found = codec.decode(Samples.natively(given), target.page(), workspace);
        seen.merge(found, 1, Integer::sum);
        target.assertUntouchedAround();
        if (strict && found == Decoding.DONE) {
          assertArrayEquals(content, Samples.content(target.page().parts()));
        }
      }
      assertTrue(workspace.roomBytes() <= MOST_ROOM, workspace.roomBytes() + " B");
    }
    assertEquals(MUTATIONS, seen.values().stream().mapToInt(Integer::intValue).sum());
    return seen;
  }

  /** A page in order, but of another key. */
  private static Page strange() {
    Page page = Guarded.of(new PageKey("b"), BYTES, 1).page();
    Samples.fill(page, Samples.repetitive(BYTES, 2));
    return page;
  }
}
