package io.hicache.resp;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.ModelIdentity;
import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.RankCoordinates;
import io.hicache.spi.PoolRanks;

/**
 * The names that LMCache gives, of every generation in {@link StoredForm.Lmcache.Keys}. A page's
 * key is LMCache's chunk hash, which the caller supplies as LMCache writes it; what stands behind
 * an {@code @} in it comes last in the name, where LMCache has the number of a layer, tags, or in
 * its multi-process mode a salt.
 *
 * <p>With MLA all ranks share pages, which are worker 0's, but for pools that hold other bytes on
 * each. LMCache has no side pools; here their pages have the tag {@code pool}.
 */
final class LmcacheNames implements PageNames {
  private static final String BYTES = "kv_bytes";
  private static final String METADATA = "metadata";

  private static final String POOL_TAG = "@pool%";

  private final StoredForm.Lmcache form;
  private final boolean mla;
  private final String common;
  private final String shared;
  private final String ranked;
  private final String dtype;

  /**
   * Makes the naming of a rank's pages.
   *
   * @throws IllegalArgumentException if the model's name is missing or has a sign that LMCache
   *     could not read back
   */
  LmcacheNames(StoredForm.Lmcache form, ModelIdentity model, RankCoordinates ranks) {
    String name = model.name().orElse("");
    if (name.isEmpty() || name.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "model name: must be set and be without @, because naming=lmcache puts it into keys");
    }
    this.form = form;
    this.mla = model.mla();
    int size = ranks.tpSize() * ranks.ppSize() * ranks.cpSize() * ranks.dcpSize();
    int context = ranks.cpRank() * ranks.dcpSize() + ranks.dcpRank();
    int worker =
        (ranks.ppRank() * ranks.cpSize() * ranks.dcpSize() + context) * ranks.tpSize()
            + ranks.tpRank();
    this.common = common(form, name, size);
    boolean byWorker =
        form.keys() != StoredForm.Lmcache.Keys.MP_0_4_2
            && form.keys() != StoredForm.Lmcache.Keys.MP_0_4_7;
    this.ranked = byWorker ? common + worker + '@' : common;
    this.shared = byWorker && mla ? common + "0@" : ranked;
    this.dtype =
        switch (form.keys()) {
          case V0_3_12, V0_3_15 -> '@' + form.dtype();
          case V0_3_6, MP_0_4_2, MP_0_4_7 -> "";
        };
  }

  /** Returns what the names of all ranks' pages begin with. */
  private static String common(StoredForm.Lmcache form, String model, int size) {
    StoredForm.Lmcache.MultiProcess mode = form.multiProcess();
    String prefix = mode.prefix().isEmpty() ? "" : mode.prefix() + '@';
    String byRank = prefix + model + "@%08x@".formatted(mode.rank());
    return switch (form.keys()) {
      case V0_3_6, V0_3_12 -> "vllm@" + model + '@' + size + '@';
      case V0_3_15 -> model + '@' + size + '@';
      case MP_0_4_2 -> byRank;
      case MP_0_4_7 -> byRank + Integer.toHexString(mode.group()) + '@';
    };
  }

  @Override
  public String name(PageKey key) {
    return ended(whole(key), BYTES);
  }

  /** Returns the key of the string with a page's metadata. */
  String metadata(PageKey key) {
    return ended(whole(key), METADATA);
  }

  @Override
  public boolean nameAll() {
    return false;
  }

  @Override
  public String space() {
    return PageNames.space("lmcache", shared);
  }

  @Override
  public String pattern() {
    boolean tagged = form.strings() == StoredForm.Lmcache.Strings.TAGGED;
    return (tagged ? "{" : "") + PageNames.escaped(mla ? common : ranked) + "*";
  }

  @Override
  public boolean holds(String key) {
    return isOf(key, BYTES) || (form.twoStrings() && isOf(key, METADATA));
  }

  /** Metadata is written last: a page without it is not there. */
  @Override
  public boolean counts(String key) {
    return !form.twoStrings() || isOf(key, METADATA);
  }

  private boolean isOf(String key, String what) {
    return isOf(key, what, shared) || (mla && isOf(key, what, ranked));
  }

  private boolean isOf(String key, String what, String head) {
    String end = ended("", what);
    int brace = end.startsWith("{") ? 1 : 0;
    String start = "{".repeat(brace) + head;
    end = end.substring(brace);
    if (!key.startsWith(start)
        || !key.endsWith(end)
        || key.length() < start.length() + end.length()) {
      return false;
    }
    String rest = key.substring(start.length(), key.length() - end.length());
    int at = rest.indexOf('@');
    String hash = at < 0 ? rest : rest.substring(0, at);
    String behind = at < 0 ? "" : rest.substring(at);
    int tag = rest.indexOf(POOL_TAG);
    PoolName pool = tag < 0 ? PoolName.KV : pool(rest.substring(tag + POOL_TAG.length()));
    return !hash.isEmpty()
        && (behind.equals(dtype) || behind.startsWith(dtype + '@'))
        && head(pool).equals(head);
  }

  private static PoolName pool(String name) {
    return name.matches("[a-z][a-z0-9_]{0,63}") ? new PoolName(name) : PoolName.KV;
  }

  private String head(PoolName pool) {
    return mla && PoolRanks.perRank(pool, true) ? ranked : shared;
  }

  private String whole(PageKey key) {
    int at = key.value().indexOf('@');
    String hash = at < 0 ? key.value() : key.value().substring(0, at);
    if (hash.isEmpty() || key.value().contains(POOL_TAG)) {
      throw new HiCacheException(
          FaultKind.REFUSED,
          "page %s: with naming=lmcache it must begin with a chunk's hash, and have no tag pool"
              .formatted(key));
    }
    return head(key.pool())
        + hash
        + dtype
        + (at < 0 ? "" : key.value().substring(at))
        + (key.pool().equals(PoolName.KV) ? "" : POOL_TAG + key.pool());
  }

  private String ended(String whole, String what) {
    return switch (form.strings()) {
      case TAGGED -> '{' + whole + "}:" + what;
      case COLON -> whole + ':' + what;
      case JOINED -> whole + what;
      case RAW -> whole;
    };
  }
}
