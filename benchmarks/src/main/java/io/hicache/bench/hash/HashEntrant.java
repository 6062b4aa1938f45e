package io.hicache.bench.hash;

import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hashes a prompt's pages.
 *
 * @param <T> what the hashes come as
 */
final class HashEntrant<T> implements Entrant {
  private final HashWorkload workload;
  private final Function<int[], T> hash;
  private final Function<T, List<String>> hex;
  private int[] tokens = {};
  private @Nullable T last;

  /**
   * Makes an entrant.
   *
   * @param workload the prompts
   * @param hash hashes a prompt
   * @param hex writes the hashes in hexadecimal digits, to compare them off the clock
   */
  HashEntrant(HashWorkload workload, Function<int[], T> hash, Function<T, List<String>> hex) {
    this.workload = workload;
    this.hash = hash;
    this.hex = hex;
  }

  @Override
  public void prepare(int turn) {
    tokens = workload.prompt(turn);
  }

  @Override
  public void arm() {
    last = null;
  }

  @Override
  public Work run() {
    last = hash.apply(tokens);
    int pages = tokens.length / workload.pageTokens();
    return new Work(pages, pages, tokens.length);
  }

  @Override
  public void verify() {
    List<String> expected = new BareChain(workload.pageTokens()).strings(tokens);
    if (last == null || !hex.apply(last).equals(expected)) {
      throw new IllegalStateException("the hashes differ from those of a bare digest");
    }
  }

  @Override
  public void tidy() {}

  @Override
  public void close() {}
}
