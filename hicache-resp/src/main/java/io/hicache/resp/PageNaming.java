package io.hicache.resp;

import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.RankCoordinates;
import io.hicache.spi.NamespaceRecord;
import io.hicache.spi.ObjectNaming;
import io.hicache.spi.PoolRanks;
import io.hicache.spi.StoredObject;
import io.hicache.spi.Units;
import java.util.List;

/**
 * The library's own names of pages: {@code hicache:NAMESPACE:{KEY}POOL}, as in {@code
 * hicache:5b1d…:{cf97adee…3b72}kv}.
 *
 * <p>What stands in braces decides where a cluster keeps a key, so all pools of a page are kept
 * together. A brace or a percent sign of the key itself is written as {@code %7B}, {@code %7D} and
 * {@code %25}. {@code @FIRST.COUNT.OF} behind the pool are the head groups that the page covers, in
 * a namespace which tensor-parallel sizes of a common multiple share; a page is kept whole, so
 * ranks of one size alone find it. {@code @RANK.1.SIZE} stands there under MLA, where all ranks
 * share a namespace, behind pools that hold other bytes on each. Thread-safe.
 */
final class PageNaming implements ObjectNaming, PageNames {
  private static final String LCM_FIELD = "tp-lcm-size";

  /** What the key of a namespace's record begins with. */
  static final String RECORDS = "hicache-namespace:";

  private final String id;
  private final String prefix;
  private final boolean mla;
  private final boolean byHeadGroups;
  private final RankCoordinates ranks;

  /**
   * Makes the naming of a namespace.
   *
   * @throws IllegalArgumentException if the rank's size does not divide the common multiple
   */
  PageNaming(NamespaceRecord record, RankCoordinates ranks) {
    String multiple = record.fields().get(LCM_FIELD);
    this.mla = Boolean.parseBoolean(record.fields().get("mla"));
    this.id = record.id();
    this.prefix = "hicache:" + record.id() + ":{";
    this.byHeadGroups = multiple != null && !mla;
    this.ranks = multiple != null && !mla ? ranks.withTpLcm((int) Units.number(multiple)) : ranks;
  }

  @Override
  public String name(PageKey key) {
    return name(key.value(), key.pool(), ranks);
  }

  @Override
  public List<StoredObject> objects(PageKey key, RankCoordinates coordinates, String tag) {
    return List.of(StoredObject.Run.whole(name(key.value(), key.pool(), coordinates)));
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
    return prefix + escaped(value) + '}' + pool.value() + owner(pool, coordinates);
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
