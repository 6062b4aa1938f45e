package io.hicache.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random prompts, against the second implementation. */
class PageHasherPropertyTest {
  private static final int CASES = 3000;
  private static final HexFormat HEX = HexFormat.of();
  private static final String[] TEXTS = {null, "", "a", "tenant-a", "日本語", "🙂".repeat(9)};

  private final Random random = new Random(20261121);

  @Test
  void keys_ofRandomInput_equalTheSecondImplementation() {
    int wide = 0;
    for (int i = 0; i < CASES; i++) {
      wide += check("case " + i) ? 1 : 0;
    }
    assertTrue(wide > CASES / 10 && wide < CASES * 9 / 10, wide + " cases had wide ids");
  }

  /** Around the step in which a large page is fed to SHA-256. */
  @ParameterizedTest
  @ValueSource(ints = {4095, 4096, 4097, 4098, 8191, 8192, 8193, 8194, 20_000})
  void whole_ofInputAroundAStep_equalsTheSecondImplementation(int length) {
    for (boolean bigram : new boolean[] {false, true}) {
      for (long bound : new long[] {128_000, 1L << 40}) {
        long[] tokens = random.longs(length, 0, bound).toArray();
        String expected = ReferenceChain.whole(list(tokens), bigram, null);
        PageHasher hasher = bigram ? PageHasher.of(1).bigram() : PageHasher.of(1);
        assertEquals(expected, hasher.whole(tokens).value());
        PageHasher large = bigram ? PageHasher.of(length).bigram() : PageHasher.of(length);
        assertEquals(List.of(expected), Vectors.values(large.withPartialTail().keys(tokens)));
        if (bound <= Integer.MAX_VALUE) {
          assertEquals(expected, hasher.whole(ints(tokens)).value());
        }
      }
    }
  }

  private boolean check(String what) {
    int page = 1 + random.nextInt(70);
    boolean bigram = random.nextBoolean();
    long[] tokens = tokens();
    int from = random.nextInt(tokens.length + 1);
    int to = from + random.nextInt(tokens.length - from + 1);
    String extraKey = text();
    String salt = text();
    String prior = random.nextInt(3) == 0 ? hex() : null;

    String usedSalt = salt == null || salt.isEmpty() ? null : salt;
    String start = prior != null ? prior : ReferenceChain.seed(extraKey, usedSalt);
    List<Long> range = list(Arrays.copyOfRange(tokens, from, to));
    List<String> expected = ReferenceChain.hashes(range, page, bigram, start);

    PageHasher hasher =
        PageHasher.of(page).after(prior).inNamespace(extraKey, salt).withPartialTail();
    hasher = bigram ? hasher.bigram() : hasher;
    assertEquals(expected, Vectors.values(hasher.keys(tokens, from, to)), what);
    assertEquals(String.join("", expected), HEX.formatHex(hasher.digests(tokens, from, to)), what);
    if (Arrays.stream(tokens).allMatch(token -> token <= Integer.MAX_VALUE)) {
      int[] ids = ints(tokens);
      assertEquals(expected, Vectors.values(hasher.keys(ids, from, to)), what);
      assertEquals(String.join("", expected), HEX.formatHex(hasher.digests(ids, from, to)), what);
    }
    return range.stream().anyMatch(token -> token > 0xffff_ffffL);
  }

  /** Small ids, all of 32 bits, all of 63 bits, or a few wide ones among small ones. */
  private long[] tokens() {
    int length = random.nextInt(300);
    return switch (random.nextInt(5)) {
      case 0, 1 -> random.longs(length, 0, 128_000).toArray();
      case 2 -> random.longs(length, 0, 1L << 32).toArray();
      case 3 -> random.longs(length, 0, Long.MAX_VALUE).toArray();
      default ->
          random
              .longs(length, 0, 128_000)
              .map(token -> random.nextInt(100) == 0 ? token + (1L << 32) : token)
              .toArray();
    };
  }

  private @Nullable String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private String hex() {
    byte[] digest = new byte[32];
    random.nextBytes(digest);
    return HEX.formatHex(digest);
  }

  private static int[] ints(long[] tokens) {
    return Arrays.stream(tokens).mapToInt(Math::toIntExact).toArray();
  }

  private static List<Long> list(long[] tokens) {
    return Arrays.stream(tokens).boxed().toList();
  }
}
