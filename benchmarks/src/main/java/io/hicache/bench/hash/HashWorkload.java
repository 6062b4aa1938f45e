package io.hicache.bench.hash;

import java.io.Closeable;
import java.util.Random;

/** The prompts that the contestants of a hash cell share: random token ids. */
final class HashWorkload implements Closeable {
  /** A long prompt: 128 Ki tokens. */
  static final int PROMPT_TOKENS = 128 << 10;

  /** A vocabulary's size; every id is below it. Llama 3's, rounded. */
  private static final int VOCABULARY = 128_000;

  private static final int PROMPTS = 16;

  private final int pageTokens;
  private final int[][] prompts = new int[PROMPTS][];

  HashWorkload(int pageTokens) {
    this.pageTokens = pageTokens;
    Random random = new Random(pageTokens);
    int tokens = PROMPT_TOKENS / pageTokens * pageTokens;
    for (int i = 0; i < PROMPTS; i++) {
      prompts[i] = random.ints(tokens, 0, VOCABULARY).toArray();
    }
  }

  int pageTokens() {
    return pageTokens;
  }

  int[] prompt(int turn) {
    return prompts[turn % PROMPTS];
  }

  @Override
  public void close() {}
}
