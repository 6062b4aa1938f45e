package io.hicache.resp;

import io.hicache.CallOptions;
import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.RankCoordinates;
import io.hicache.spi.NamespaceRecord;
import io.hicache.spi.ObjectNaming;
import io.hicache.spi.PoolRanks;
import io.hicache.spi.Quoted;
import io.hicache.spi.StoredObject;
import io.hicache.spi.Units;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The library's own names of pages: {@code hicache:NAMESPACE:{KEY}POOL}, as in {@code
 * hicache:5b1d…:{cf97adee…3b72}kv}.
 *
 * <p>What stands in braces decides where a cluster keeps a key, so all pools of a page are kept
 * together; with {@code hash-tag=prefix} all pages of a chain, {@code {TAG}KEY/POOL}; with {@code
 * none} there are no braces, {@code KEY/POOL}. A brace or a percent sign of the key itself is
 * written as {@code %7B}, {@code %7D} and {@code %25}. {@code @FIRST.COUNT.OF} behind the pool are
 * the head groups that the page covers, in a namespace which tensor-parallel sizes of a common
 * multiple share; a page is kept whole, so ranks of one size alone find it. {@code @RANK.1.SIZE}
 * stands there under MLA, where all ranks share a namespace, behind pools that hold other bytes on
 * each. Thread-safe.
 */
final class PageNaming implements ObjectNaming, PageNames {
  private static final String TAG = "tag";
  private static final Pattern LEGAL_TAG = Pattern.compile("[\\x21-\\x7E]{1,512}");
  private static final String LCM_FIELD = "tp-lcm-size";

  /** What the key of a namespace's record begins with. */
  static final String RECORDS = "hicache-namespace:";

  private final String id;
  private final String prefix;
  private final StoredForm.HashTag hashTag;
  private final String tag;
  private final boolean mla;
  private final boolean byHeadGroups;
  private final RankCoordinates ranks;

  /**
   * Makes the naming of a namespace.
   *
   * @throws IllegalArgumentException if the rank's size does not divide the common multiple
   */
  PageNaming(NamespaceRecord record, RankCoordinates ranks, StoredForm.HashTag hashTag) {
    String multiple = record.fields().get(LCM_FIELD);
    this.mla = Boolean.parseBoolean(record.fields().get("mla"));
    this.id = record.id();
    this.prefix = "hicache:" + record.id() + ':';
    this.hashTag = hashTag;
    this.tag = "";
    this.byHeadGroups = multiple != null && !mla;
    this.ranks = multiple != null && !mla ? ranks.withTpLcm((int) Units.number(multiple)) : ranks;
  }

  private PageNaming(PageNaming naming, String tag) {
    this.mla = naming.mla;
    this.id = naming.id;
    this.prefix = naming.prefix;
    this.hashTag = naming.hashTag;
    this.tag = tag;
    this.byHeadGroups = naming.byHeadGroups;
    this.ranks = naming.ranks;
  }

  /**
   * Returns the naming of a call's pages. Where all pages of a chain share a slot they have its
   * tag: {@code tag} of the call's {@code extra}, else the key of the chain's root, which is the
   * first of the call's prefix or, where that is empty, of the call itself.
   *
   * @throws HiCacheException {@link FaultKind#REFUSED} if the call does not say
   */
  @Override
  public PageNames of(CallOptions options, PageKey first) {
    if (hashTag != StoredForm.HashTag.PREFIX) {
      return this;
    }
    String explicit = options.extra().get(TAG);
    if (explicit != null) {
      return new PageNaming(this, legal(explicit));
    }
    List<PageKey> before =
        options
            .prefix()
            .orElseThrow(() ->
                new HiCacheException(
                    FaultKind.REFUSED,
                    "page %s: with hash-tag=prefix a call must have a prefix, empty at the root of a chain, or a tag in extra"
                        .formatted(first)));
    return new PageNaming(this, before.isEmpty() ? first.value() : before.getFirst().value());
  }

  /** An empty tag would be none; the rest of the rule is that of a key. */
  private static String legal(String tag) {
    if (!LEGAL_TAG.matcher(tag).matches()) {
      throw new HiCacheException(
          FaultKind.REFUSED,
          "tag %s in extra: must be 1 to 512 characters 0x21 to 0x7E".formatted(Quoted.of(tag)));
    }
    return tag;
  }

  @Override
  public String name(PageKey key) {
    return name(key.value(), key.pool(), ranks);
  }

  @Override
  public List<StoredObject> objects(PageKey key, RankCoordinates coordinates, String tag) {
    PageNaming naming = tag.isEmpty() ? this : new PageNaming(this, tag);
    return List.of(StoredObject.Run.whole(naming.name(key.value(), key.pool(), coordinates)));
  }

  @Override
  public boolean nameAll() {
    return true;
  }

  @Override
  public String space() {
    return id;
  }

  @Override
  public boolean holds(String key) {
    return key.startsWith(prefix);
  }

  @Override
  public String pattern() {
    return prefix + "*"; // an id holds no sign that means something in a pattern
  }

  /** Returns the key of a namespace's record. */
  static String recordKey(String namespace) {
    return RECORDS + namespace;
  }

  private String name(String value, PoolName pool, RankCoordinates coordinates) {
    String key = escaped(value);
    String where = pool.value() + owner(pool, coordinates);
    return switch (hashTag) {
      case PAGE -> prefix + '{' + key + '}' + where;
      case PREFIX -> prefix + '{' + escaped(tag) + '}' + key + '/' + where;
      case NONE -> prefix + key + '/' + where;
    };
  }

  private String owner(PoolName pool, RankCoordinates coordinates) {
    if (mla) {
      return PoolRanks.perRank(pool, true)
          ? "@" + coordinates.tpRank() + ".1." + coordinates.tpSize()
          : "";
    }
    return byHeadGroups ? headGroups(coordinates) : "";
  }

  private static String escaped(String value) {
    boolean plain = value.indexOf('{') < 0 && value.indexOf('}') < 0 && value.indexOf('%') < 0;
    return plain ? value : value.replace("%", "%25").replace("{", "%7B").replace("}", "%7D");
  }

  private static String headGroups(RankCoordinates ranks) {
    int all = ranks.tpLcmSize().orElse(ranks.tpSize());
    int count = all / ranks.tpSize();
    return "@" + ranks.tpRank() * count + '.' + count + '.' + all;
  }
}
