package io.hicache.bench.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The floor is only a floor if it makes the very digests that SGLang makes. */
class BareChainTest {

  /** Source: SGLang 0.5.23, get_hash_str over tokens 1 to 8, page size 4. */
  @Test
  void digests_twoPages_areSglangs() {
    assertEquals(
        List.of(
            "cf97adeedb59e05bfd73a2b4c2a8885708c4f4f70c84c64b27120e72ab733b72",
            "4ebfa8a1f3c341517621838c6e1b9aa350307e3f00b3cbd1a07ef740f54396d6"),
        hex(new BareChain(4).digests(new int[] {1, 2, 3, 4, 5, 6, 7, 8})));
  }

  @Test
  void digests_aTrailingPartOfAPage_isLeftOut() {
    assertEquals(2 * BareChain.DIGEST_BYTES, new BareChain(4).digests(new int[11]).length);
    assertEquals(2, new BareChain(4).strings(new int[11]).size());
  }

  @Test
  void digests_calledAgain_beginsANewChain() {
    BareChain chain = new BareChain(4);
    int[] tokens = {1, 2, 3, 4, 5, 6, 7, 8};
    assertEquals(hex(chain.digests(tokens)), hex(chain.digests(tokens)));
  }

  @Test
  void strings_anyPrompt_areTheDigestsInHexadecimal() {
    int[] tokens = {1, 2, 3, 4, 5, 6, 7, 8};
    assertEquals(hex(new BareChain(4).digests(tokens)), new BareChain(4).strings(tokens));
  }

  private static List<String> hex(byte[] digests) {
    return IntStream.range(0, digests.length / BareChain.DIGEST_BYTES)
        .mapToObj(page -> HexFormat.of().formatHex(digests, 32 * page, 32 * page + 32))
        .toList();
  }
}
