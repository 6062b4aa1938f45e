package io.hicache.hash;

import io.hicache.PageKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names a prompt's pages: a page's key is SHA-256 of the key before it and of the page's tokens, so
 * that equal keys mean equal prefixes. The keys are SGLang's, digit for digit.
 *
 * <pre>{@code
 * PageHasher hasher = PageHasher.of(64);
 * List<PageKey> prompt = hasher.keys(tokens);                             // its whole pages
 * List<PageKey> more = hasher.after(prompt.getLast()).keys(newTokens);    // the pages that follow
 * }</pre>
 *
 * <p><b>Format.</b> A page is hashed as the 32 bytes of the digest before it, if any, then each
 * token id in 32 bits, little-endian; if an id of the page is over 32 bits, a byte 0xFF and each id
 * in 64 bits instead. Source: SGLang 0.5.23, {@code mem_cache/utils.py} ({@code get_hash_str},
 * {@code get_storage_hash_str}) and {@code mem_cache/radix_cache.py} ({@code RadixKey}); SGLang
 * before 0.5.23 refuses ids over 32 bits.
 *
 * <p><b>Tokens</b> are not negative. Where a method takes a range, it is the tokens {@code from} to
 * before {@code to}; the end does what {@code RadixKey}'s limit does. Arrays are read during the
 * call only and must not change meanwhile; none is kept.
 *
 * <p>Immutable and thread-safe: make one per model, and derive others from it at will.
 */
public final class PageHasher {
  private final int pageTokens;
  private final boolean bigram;
  private final boolean partialTail;
  private final byte @Nullable [] seed;
  private final byte @Nullable [] prior;

  private PageHasher(
      int pageTokens,
      boolean bigram,
      boolean partialTail,
      byte @Nullable [] seed,
      byte @Nullable [] prior) {
    this.pageTokens = pageTokens;
    this.bigram = bigram;
    this.partialTail = partialTail;
    this.seed = seed;
    this.prior = prior;
  }

  /**
   * Makes a hasher of whole pages, in no namespace, from a prompt's start.
   *
   * @param pageTokens how many tokens a page covers; at least 1
   * @throws IllegalArgumentException if that is less than 1
   */
  public static PageHasher of(int pageTokens) {
    if (pageTokens < 1) {
      throw new IllegalArgumentException("page tokens " + pageTokens + ": must be at least 1");
    }
    return new PageHasher(pageTokens, false, false, null, null);
  }

  /**
   * Returns a hasher of token pairs, as SGLang's EAGLE and MTP speculation hashes: each token is
   * taken with the next one, so that n tokens are n − 1 units, a page of P units covers P + 1
   * tokens, and pages overlap by one token. Its keys are never those of a hasher of tokens.
   */
  public PageHasher bigram() {
    return new PageHasher(pageTokens, true, partialTail, seed, prior);
  }

  /**
   * Returns a hasher that also hashes what is left after the last whole page. SGLang's functions do
   * so, but its servers cut prompts to whole pages first: a partial page is never stored.
   */
  public PageHasher withPartialTail() {
    return new PageHasher(pageTokens, bigram, true, seed, prior);
  }

  /**
   * Returns a hasher for one tenant or adapter: a prompt's first page begins with {@link
   * #namespaceSeed}. Servers before SGLang's namespaces (2026) ignore both names.
   *
   * @param extraKey what else decides the pages' bytes, as a LoRA adapter's id; null for none;
   *     empty is a namespace of its own
   * @param cacheSalt keeps tenants apart; null or empty for none, as in {@code RadixKey}
   * @throws IllegalArgumentException if a text holds half a surrogate pair
   */
  public PageHasher inNamespace(@Nullable String extraKey, @Nullable String cacheSalt) {
    String salt = cacheSalt == null || cacheSalt.isEmpty() ? null : cacheSalt;
    byte[] digest = Seeds.namespace(extraKey, salt);
    return new PageHasher(pageTokens, bigram, partialTail, digest, prior);
  }

  /**
   * Returns a hasher whose first page follows a page already hashed. The namespace is in that
   * page's key, so it no longer matters.
   *
   * @param key the page before; its value is 64 hexadecimal digits, in either case; its pool does
   *     not matter
   * @throws IllegalArgumentException if the value is anything else
   */
  public PageHasher after(PageKey key) {
    return after(key.value());
  }

  /**
   * Does the same with a key's digits, or with a seed.
   *
   * @param hash 64 hexadecimal digits, in either case; null or empty for a prompt's start
   * @throws IllegalArgumentException if it is anything else
   */
  public PageHasher after(@Nullable String hash) {
    byte[] digest = hash == null || hash.isEmpty() ? null : Digests.parse("prior hash", hash);
    return new PageHasher(pageTokens, bigram, partialTail, seed, digest);
  }

  /**
   * Returns how many pages so many tokens make, which is also where a radix tree that is split
   * after so many tokens splits the node's keys.
   *
   * @param tokens how many; not negative
   * @throws IllegalArgumentException if negative
   */
  public int pages(int tokens) {
    if (tokens < 0) {
      throw new IllegalArgumentException("tokens " + tokens + ": must not be negative");
    }
    int units = Tokens.units(tokens, bigram);
    return partialTail ? Math.ceilDiv(units, pageTokens) : units / pageTokens;
  }

  /**
   * Returns the key of every page, in order; immutable.
   *
   * @param tokens the prompt
   * @throws IllegalArgumentException if a token is negative
   */
  public List<PageKey> keys(int[] tokens) {
    return keys(tokens, 0, tokens.length);
  }

  /**
   * Returns the key of every page of a range, in order; immutable.
   *
   * @param tokens the prompt
   * @param from the first token's index
   * @param to the index after the last token
   * @throws IllegalArgumentException if a token of the range is negative
   * @throws IndexOutOfBoundsException if the range is not inside the array
   */
  public List<PageKey> keys(int[] tokens, int from, int to) {
    return keys(new IntTokens(tokens, from, to, bigram), to - from);
  }

  /**
   * Returns the key of every page, in order; immutable.
   *
   * @param tokens the prompt
   * @throws IllegalArgumentException if a token is negative
   */
  public List<PageKey> keys(long[] tokens) {
    return keys(tokens, 0, tokens.length);
  }

  /**
   * Returns the key of every page of a range, in order; immutable.
   *
   * @param tokens the prompt
   * @param from the first token's index
   * @param to the index after the last token
   * @throws IllegalArgumentException if a token of the range is negative
   * @throws IndexOutOfBoundsException if the range is not inside the array
   */
  public List<PageKey> keys(long[] tokens, int from, int to) {
    return keys(new LongTokens(tokens, from, to, bigram), to - from);
  }

  /**
   * Returns the digests behind {@link #keys(int[], int, int)}, 32 bytes each, one after the other.
   *
   * @param tokens the prompt
   * @param from the first token's index
   * @param to the index after the last token
   * @throws IllegalArgumentException if a token of the range is negative, or the digests are more
   *     than an array holds
   * @throws IndexOutOfBoundsException if the range is not inside the array
   */
  public byte[] digests(int[] tokens, int from, int to) {
    return digests(new IntTokens(tokens, from, to, bigram), to - from);
  }

  /**
   * Returns the digests behind {@link #keys(long[], int, int)}, 32 bytes each, one after the other.
   *
   * @param tokens the prompt
   * @param from the first token's index
   * @param to the index after the last token
   * @throws IllegalArgumentException if a token of the range is negative, or the digests are more
   *     than an array holds
   * @throws IndexOutOfBoundsException if the range is not inside the array
   */
  public byte[] digests(long[] tokens, int from, int to) {
    return digests(new LongTokens(tokens, from, to, bigram), to - from);
  }

  /**
   * Returns the hash of the whole input as one page, whatever the page size, even if it is empty:
   * SGLang's {@code get_hash_str} without a page size.
   *
   * @param tokens the input
   * @throws IllegalArgumentException if a token is negative
   */
  public PageKey whole(int[] tokens) {
    return whole(new IntTokens(tokens, 0, tokens.length, bigram));
  }

  /**
   * Returns the hash of the whole input as one page, whatever the page size, even if it is empty:
   * SGLang's {@code get_hash_str} without a page size.
   *
   * @param tokens the input
   * @throws IllegalArgumentException if a token is negative
   */
  public PageKey whole(long[] tokens) {
    return whole(new LongTokens(tokens, 0, tokens.length, bigram));
  }

  /**
   * Returns the seed that a namespace's chains begin with, or null where both names are null.
   * Source: SGLang 0.5.23, {@code storage_namespace_seed}, which, unlike {@link #inNamespace},
   * tells an empty salt from none.
   *
   * @param extraKey null for none
   * @param cacheSalt null for none
   * @throws IllegalArgumentException if a text holds half a surrogate pair
   */
  public static @Nullable String namespaceSeed(
      @Nullable String extraKey, @Nullable String cacheSalt) {
    byte[] digest = Seeds.namespace(extraKey, cacheSalt);
    return digest == null ? null : Digests.hex(digest);
  }

  private List<PageKey> keys(Tokens tokens, int count) {
    PageKey[] keys = new PageKey[pages(count)];
    HashChain chain = chain(tokens, pageTokens);
    for (int page = 0; page < keys.length; page++) {
      chain.advance();
      keys[page] = chain.key();
    }
    chain.end();
    return List.of(keys);
  }

  private byte[] digests(Tokens tokens, int count) {
    byte[] digests = Digests.room(pages(count));
    HashChain chain = chain(tokens, pageTokens);
    for (int at = 0; at < digests.length; at += Digests.BYTES) {
      chain.advance();
      chain.copyTo(digests, at);
    }
    chain.end();
    return digests;
  }

  private PageKey whole(Tokens tokens) {
    HashChain chain = chain(tokens, Integer.MAX_VALUE);
    chain.advance();
    return chain.key();
  }

  private HashChain chain(Tokens tokens, int pageUnits) {
    return new HashChain(tokens, pageUnits, prior == null ? seed : prior);
  }
}
