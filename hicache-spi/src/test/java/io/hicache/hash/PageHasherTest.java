package io.hicache.hash;

import static io.hicache.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.PageKey;
import io.hicache.PoolName;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageHasherTest {
  private static final int[] TOKENS = IntStream.range(0, 1000).toArray();
  private static final PageHasher HASHER = PageHasher.of(4);
  private static final String HASH = "ab".repeat(32);

  @Test
  void keys_ofTokensBeyondWholePages_leaveThemOut() {
    assertEquals(HASHER.keys(TOKENS, 0, 8), HASHER.keys(TOKENS, 0, 11));
    assertEquals(3, HASHER.withPartialTail().keys(TOKENS, 0, 11).size());
    assertEquals(List.of(), HASHER.keys(TOKENS, 5, 8));
    assertEquals(List.of(), HASHER.bigram().keys(TOKENS, 0, 4));
    assertEquals(1, HASHER.bigram().keys(TOKENS, 0, 5).size());
  }

  @Test
  void keys_afterAKey_continueTheChain() {
    List<PageKey> all = HASHER.keys(TOKENS);
    assertEquals(all.subList(2, 250), HASHER.after(all.get(1)).keys(TOKENS, 8, 1000));
    assertEquals(
        all.subList(2, 250),
        HASHER.after(all.get(1).in(new PoolName("swa"))).keys(TOKENS, 8, 1000));
  }

  @Test
  void after_inANamespace_overridesItsSeedInEitherOrder() {
    List<PageKey> expected = HASHER.after(HASH).keys(TOKENS);
    assertEquals(expected, HASHER.after(HASH).inNamespace("a", "b").keys(TOKENS));
    PageHasher tenant = HASHER.inNamespace("a", "b");
    assertEquals(expected, tenant.after(HASH).keys(TOKENS));
    assertEquals(tenant.keys(TOKENS), tenant.after(HASH).after("").keys(TOKENS));
    assertEquals(tenant.keys(TOKENS), tenant.after(HASH).after((String) null).keys(TOKENS));
  }

  @Test
  void derivation_ofAHasher_leavesItAsItWas() {
    List<PageKey> before = HASHER.keys(TOKENS, 0, 10);
    List<PageHasher> derived =
        List.of(HASHER.bigram(), HASHER.inNamespace("a", null), HASHER.after(HASH));
    derived.forEach(other -> assertNotEquals(before, other.keys(TOKENS, 0, 10)));
    assertEquals(3, HASHER.withPartialTail().keys(TOKENS, 0, 10).size());
    assertEquals(before, HASHER.keys(TOKENS, 0, 10));
  }

  @Test
  void keys_onceReturned_cannotBeChanged() {
    List<PageKey> keys = HASHER.keys(TOKENS);
    assertThrows(UnsupportedOperationException.class, () -> keys.set(0, keys.get(1)));
  }

  @Test
  void keys_fromManyThreads_areTheSame() throws Exception {
    PageHasher hasher = HASHER.bigram().inNamespace("a", "b");
    List<PageKey> expected = hasher.keys(TOKENS);
    Callable<Boolean> work =
        () -> IntStream.range(0, 200).allMatch(i -> hasher.keys(TOKENS).equals(expected));
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> each :
          threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> work).toList())) {
        assertTrue(each.get());
      }
    }
  }

  @Test
  void whole_ofMoreThanAPage_isOnePage() {
    assertEquals(PageHasher.of(1000).keys(TOKENS).getFirst(), HASHER.whole(TOKENS));
    assertEquals(HASHER.after(HASH).whole(new int[0]), HASHER.after(HASH).whole(new long[0]));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void of_noToken_isRefused(int pageTokens) {
    assertRefused(() -> PageHasher.of(pageTokens), "page tokens " + pageTokens, "at least 1");
  }

  @Test
  void of_aPageLargerThanAnyPrompt_hashesOnlyTails() {
    PageHasher huge = PageHasher.of(Integer.MAX_VALUE);
    assertEquals(List.of(), huge.keys(TOKENS));
    assertEquals(List.of(HASHER.whole(TOKENS)), huge.withPartialTail().keys(TOKENS));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 64, 999})
  void keys_ofANegativeToken_nameItsIndexAndValue(int index) {
    int[] ints = TOKENS.clone();
    long[] longs = IntStream.of(TOKENS).asLongStream().toArray();
    ints[index] = -7;
    longs[index] = Long.MIN_VALUE;
    String place = "tokens[" + index + "] = ";
    assertRefused(() -> HASHER.keys(ints), place + "-7", "must not be negative");
    assertRefused(() -> HASHER.digests(ints, 0, 1000), place + "-7");
    assertRefused(() -> HASHER.whole(ints), place + "-7");
    assertRefused(() -> HASHER.keys(longs), place + Long.MIN_VALUE, "must not be negative");
    assertRefused(() -> HASHER.digests(longs, 0, 1000), place + Long.MIN_VALUE);
    assertRefused(() -> HASHER.whole(longs), place + Long.MIN_VALUE);
    assertEquals(HASHER.keys(TOKENS, index + 1, 1000), HASHER.keys(ints, index + 1, 1000));
    assertEquals(HASHER.keys(TOKENS, 0, index), HASHER.keys(longs, 0, index));
  }

  @Test
  void keys_ofANegativeTokenBehindAWideOne_areRefused() {
    assertRefused(() -> HASHER.keys(new long[] {1L << 32, 2, 3, 4, -5}), "tokens[4] = -5");
  }

  @Test
  void keys_ofARangeOutsideTheArray_areRefused() {
    long[] longs = new long[10];
    assertThrows(IndexOutOfBoundsException.class, () -> HASHER.keys(TOKENS, -1, 4));
    assertThrows(IndexOutOfBoundsException.class, () -> HASHER.keys(TOKENS, 8, 7));
    assertThrows(IndexOutOfBoundsException.class, () -> HASHER.keys(TOKENS, 0, 1001));
    assertThrows(IndexOutOfBoundsException.class, () -> HASHER.keys(longs, 0, 11));
    assertThrows(IndexOutOfBoundsException.class, () -> HASHER.digests(longs, 0, 11));
    assertThrows(IndexOutOfBoundsException.class, () -> HASHER.digests(TOKENS, 1, 1001));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "g", " "})
  void after_aHashThatIsNotOne_isRefused(String hash) {
    String rule = "must be 64 hexadecimal digits";
    assertRefused(() -> HASHER.after(hash), "prior hash \"" + hash + "\"", rule);
    assertRefused(() -> HASHER.after(HASH + hash), rule);
    assertRefused(() -> HASHER.after(HASH.substring(2) + hash.repeat(2)), rule);
    assertRefused(() -> HASHER.after(new PageKey("not-a-hash")), "\"not-a-hash\"", rule);
  }

  @Test
  void inNamespace_ofHalfASurrogatePair_isRefusedWithoutShowingIt() {
    String salt = "secret\ud83d";
    for (Executable call :
        List.<Executable>of(
            () -> HASHER.inNamespace(null, salt),
            () -> PageHasher.namespaceSeed(null, salt),
            () -> KvEvents.seed(salt))) {
      String message =
          String.valueOf(
              assertRefused(call, "cache salt of 7 characters", "surrogate").getMessage());
      assertFalse(message.contains("secret"), message);
    }
    assertRefused(() -> HASHER.inNamespace(salt, null), "extra key of 7 characters");
  }

  @Test
  void seed_ofNothing_isNone() {
    assertNull(PageHasher.namespaceSeed(null, null));
    assertNull(KvEvents.seed(null));
    assertNull(KvEvents.seed(""));
    assertEquals(HASHER.keys(TOKENS), HASHER.inNamespace(null, null).keys(TOKENS));
  }

  @Test
  void pages_ofTokens_countsWhatKeysReturns() {
    for (PageHasher each : List.of(HASHER, HASHER.bigram(), HASHER.bigram().withPartialTail())) {
      for (int tokens = 0; tokens < 20; tokens++) {
        assertEquals(each.keys(TOKENS, 0, tokens).size(), each.pages(tokens));
      }
    }
    assertRefused(() -> HASHER.pages(-1), "tokens -1");
  }

  @Test
  void digests_moreThanAnArrayHolds_areRefused() {
    assertEquals(64, Digests.room(2).length);
    assertRefused(() -> Digests.room(1 << 26), "67108864 pages", "more than an array holds");
  }

  @Test
  void blockId_ofAKeyThatIsNoHash_isRefused() {
    assertRefused(() -> KvEvents.blockId(new PageKey("abc")), "key \"abc\"", "64 hexadecimal");
  }
}
