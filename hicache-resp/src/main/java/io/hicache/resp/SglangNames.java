package io.hicache.resp;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.ModelIdentity;
import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.RankCoordinates;
import io.hicache.spi.PoolRanks;
import io.hicache.spi.Quoted;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of the Valkey backend that is proposed for SGLang: {@code
 * hicache:{model}:{tpRank}:{tpSize}:{key}}, with MLA {@code hicache:{model}:{key}}.
 *
 * <p>The proposal has pages of keys and values alone, of ranks in tensor parallelism alone. Where
 * two pages would share a name in it, more is said here: {@code .{pool}} behind the key of a page
 * in a side pool, as SGLang's file backend has it; before the key {@code pp{rank}_{size}:}, {@code
 * cp{rank}_{size}:} and {@code dcp{rank}_{size}:} where there is such parallelism.
 *
 * <p>Page hashes have a name each. A key with a colon has none, nor one that reads like a key in a
 * side pool.
 */
final class SglangNames implements PageNames {
  private static final Pattern POOL_KEY = Pattern.compile("(.+)\\.([a-z][a-z0-9_]{0,63})");

  /** What a name ends with whose pages under MLA would be another model's without. */
  private static final Pattern AMBIGUOUS = Pattern.compile(".*:[0-9]+:[0-9]+", Pattern.DOTALL);

  private final boolean mla;
  private final String model;
  private final String shared;
  private final String ranked;

  /**
   * Makes the naming of a rank's pages.
   *
   * @throws IllegalArgumentException if the model's name is missing or would be mistaken
   */
  SglangNames(ModelIdentity model, RankCoordinates ranks) {
    String name =
        model
            .name()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "model name: must be set, because naming=sglang puts it into keys"));
    if (AMBIGUOUS.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "model name %s: must not end with two numbers behind colons, which naming=sglang has for ranks"
              .formatted(Quoted.of(name)));
    }
    this.mla = model.mla();
    this.model = "hicache:" + name + ':';
    String place = place(ranks);
    this.ranked = this.model + ranks.tpRank() + ':' + ranks.tpSize() + ':' + place;
    this.shared = mla ? this.model + place : ranked;
  }

  @Override
  public String name(PageKey key) {
    if (key.value().indexOf(':') >= 0) {
      throw refused(key, "would have another rank's name, for its colon");
    }
    if (key.pool().equals(PoolName.KV)) {
      if (POOL_KEY.matcher(key.value()).matches()) {
        throw refused(key, "would have the name of a page in a side pool");
      }
      return shared + key.value();
    }
    return prefix(key.pool()) + key.value() + '.' + key.pool();
  }

  @Override
  public boolean nameAll() {
    return false;
  }

  @Override
  public String space() {
    return PageNames.space("sglang", shared);
  }

  @Override
  public String pattern() {
    return PageNames.escaped(mla ? model : ranked) + "*";
  }

  @Override
  public boolean holds(String key) {
    return isPage(key, shared) || (mla && isPage(key, ranked));
  }

  private boolean isPage(String key, String prefix) {
    if (!key.startsWith(prefix)) {
      return false;
    }
    String rest = key.substring(prefix.length());
    Matcher inPool = POOL_KEY.matcher(rest);
    PoolName pool = inPool.matches() ? new PoolName(inPool.group(2)) : PoolName.KV;
    return !rest.isEmpty() && rest.indexOf(':') < 0 && prefix(pool).equals(prefix);
  }

  private String prefix(PoolName pool) {
    return mla && PoolRanks.perRank(pool, true) ? ranked : shared;
  }

  private static String place(RankCoordinates ranks) {
    return place("pp", ranks.ppRank(), ranks.ppSize())
        + place("cp", ranks.cpRank(), ranks.cpSize())
        + place("dcp", ranks.dcpRank(), ranks.dcpSize());
  }

  private static String place(String what, int rank, int size) {
    return size > 1 ? what + rank + '_' + size + ':' : "";
  }

  private static HiCacheException refused(PageKey key, String why) {
    return new HiCacheException(
        FaultKind.REFUSED, "page %s: with naming=sglang it %s".formatted(key, why));
  }
}
