package io.hicache.bench.hash;

import io.hicache.PageKey;
import io.hicache.bench.Contestant;
import io.hicache.bench.Entrant;
import io.hicache.hash.PageHasher;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Who hashes a prompt's pages. */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas capture nothing
enum HashContestant implements Contestant<HashWorkload> {
  /** A bare MessageDigest: a digest of 32 bytes per page. */
  DIGEST(Kind.FLOOR, HashContestant::digests),
  /** The same again. */
  DIGEST_TWIN(Kind.FLOOR, HashContestant::digests),
  /** The same, and a String of 64 hexadecimal digits per page, which is what a key needs. */
  DIGEST_HEX(Kind.FLOOR, HashContestant::strings),
  /** The hasher's digests, into one array. */
  OURS_DIGESTS(Kind.OURS, HashContestant::ourDigests),
  /** The hasher's keys, as the contract hands them out. */
  OURS_KEYS(Kind.OURS, HashContestant::ourKeys);

  private final Kind kind;
  private final Function<HashWorkload, Entrant> opening;

  HashContestant(Kind kind, Function<HashWorkload, Entrant> opening) {
    this.kind = kind;
    this.opening = opening;
  }

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public Entrant open(HashWorkload workload) {
    return opening.apply(workload);
  }

  private static Entrant digests(HashWorkload workload) {
    BareChain chain = new BareChain(workload.pageTokens());
    return new HashEntrant<>(workload, chain::digests, HashContestant::hex);
  }

  private static Entrant strings(HashWorkload workload) {
    BareChain chain = new BareChain(workload.pageTokens());
    return new HashEntrant<>(workload, chain::strings, Function.identity());
  }

  private static Entrant ourDigests(HashWorkload workload) {
    PageHasher hasher = PageHasher.of(workload.pageTokens());
    return new HashEntrant<byte[]>(
        workload, tokens -> hasher.digests(tokens, 0, tokens.length), HashContestant::hex);
  }

  private static Entrant ourKeys(HashWorkload workload) {
    PageHasher hasher = PageHasher.of(workload.pageTokens());
    return new HashEntrant<List<PageKey>>(
        workload, hasher::keys, keys -> keys.stream().map(PageKey::value).toList());
  }

  private static List<String> hex(byte[] digests) {
    List<String> hex = new ArrayList<>();
    for (int at = 0; at < digests.length; at += BareChain.DIGEST_BYTES) {
      hex.add(HexFormat.of().formatHex(digests, at, at + BareChain.DIGEST_BYTES));
    }
    return hex;
  }
}
