package io.hicache.file.engine;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.ModelIdentity;
import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.RankCoordinates;
import io.hicache.spi.ObjectNaming;
import io.hicache.spi.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that SGLang's file backend gives (0.5.23, {@code HiCacheFile}): {@code
 * {key}{suffix}.bin}, in other pools {@code {key}.{pool}{suffix}.bin}, all in one directory.
 *
 * <p>The suffix is {@code _{model}}, its slashes as {@code -}, then {@code _{tpRank}_{tpSize}}
 * unless the model is MLA (a {@code mamba} pool has it in any case), {@code _{ppSize}_{ppRank}}
 * where there are stages, {@code _cp{rank}_{size}} where there is context parallelism, and {@code
 * _tp{tpSize}_dcp{rank}_{size}_page{tokens}} where decoding has it. A head group has no name.
 *
 * <p>Page hashes have a name each. Of other keys, one that reads like a key in a side pool, {@code
 * a.mamba}, would share that page's name and so has none; nor has one whose name would be over 255
 * bytes. Thread-safe.
 */
public final class SglangNaming implements ObjectNaming {
  private static final PoolName MAMBA = new PoolName("mamba");
  private static final String EXTENSION = ".bin";
  private static final int HASH_DIGITS = 64;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{" + HASH_DIGITS + "}");
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E&&[^/\\\\]]+");
  private static final Pattern POOL_KEY = Pattern.compile("(.+)\\.([a-z][a-z0-9_]*)");

  /** Of names with {@code _}, which may also begin a model's name, those that SGLang uses. */
  private static final Pattern KNOWN_POOL =
      Pattern.compile("[a-z][a-z0-9]*|(draft|auxiliary)_[a-z]+|deepseek_v4_[a-z0-9_]+");

  private final ModelIdentity model;
  private final RankCoordinates ranks;
  private final String suffix;
  private final String rankSuffix;

  /**
   * Makes the naming of a rank's pages.
   *
   * @param model whose pages; a name that is missing is empty
   * @param ranks which rank's
   * @throws IllegalArgumentException if no file can have the model's name
   */
  public SglangNaming(ModelIdentity model, RankCoordinates ranks) {
    this.model = model;
    this.ranks = ranks;
    if (model.name().orElse("").indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "model name: must be without the character 0, because naming=sglang puts it into file names");
    }
    this.suffix = suffix(ranks, !model.mla());
    this.rankSuffix = suffix(ranks, true);
  }

  /** Returns what the names of this rank's pages have in common, without the extension. */
  String suffix() {
    return suffix;
  }

  @Override
  public List<StoredObject> objects(PageKey key, RankCoordinates coordinates, String tag) {
    SglangNaming naming = coordinates.equals(ranks) ? this : new SglangNaming(model, coordinates);
    return List.of(StoredObject.Run.whole(naming.name(key)));
  }

  /**
   * Returns the name of a page's file.
   *
   * @throws HiCacheException {@link FaultKind#REFUSED} if it has none
   */
  String name(PageKey key) {
    boolean kv = key.pool().equals(PoolName.KV);
    String name =
        kv
            ? key.value() + suffix + EXTENSION
            : key.value() + '.' + key.pool() + suffixOf(key.pool()) + EXTENSION;
    if (kv && POOL_KEY.matcher(key.value()).matches()) {
      throw refused(key, "would have the name of a page in a side pool");
    }
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > FileNaming.MAX_NAME_BYTES) {
      throw refused(
          key,
          "would have a file name of %d bytes, but at most %d are possible"
              .formatted(bytes, FileNaming.MAX_NAME_BYTES));
    }
    return name;
  }

  /**
   * Tells whether a file is a page of this rank, and not one of a model whose name ends like this
   * one's; sure for page hashes, which is what SGLang stores.
   */
  boolean isPage(String file) {
    return isPage(file, suffix) || (model.mla() && isPage(file, rankSuffix));
  }

  private boolean isPage(String file, String end) {
    if (!file.endsWith(end + EXTENSION)) {
      return false;
    }
    String head = file.substring(0, file.length() - end.length() - EXTENSION.length());
    Matcher inPool = POOL_KEY.matcher(head);
    boolean kv = !inPool.matches();
    String pool = kv ? PoolName.KV.value() : inPool.group(2);
    boolean known = kv || KNOWN_POOL.matcher(pool).matches();
    boolean itsSuffix = end.equals(pool.equals(MAMBA.value()) ? rankSuffix : suffix);
    return known && itsSuffix && isKey(kv ? head : inPool.group(1));
  }

  /** What is longer than a hash but begins with one belongs to a longer model's name. */
  private static boolean isKey(String text) {
    boolean longer = text.length() > HASH_DIGITS;
    return KEY.matcher(text).matches()
        && !(longer && HASH.matcher(text.substring(0, HASH_DIGITS)).matches());
  }

  private String suffixOf(PoolName pool) {
    return pool.equals(MAMBA) ? rankSuffix : suffix;
  }

  private String suffix(RankCoordinates of, boolean byRank) {
    StringBuilder text = new StringBuilder("_").append(model.name().orElse("").replace('/', '-'));
    if (byRank) {
      text.append('_').append(of.tpRank()).append('_').append(of.tpSize());
    }
    if (of.ppSize() > 1) {
      text.append('_').append(of.ppSize()).append('_').append(of.ppRank());
    }
    if (of.cpSize() > 1) {
      text.append("_cp").append(of.cpRank()).append('_').append(of.cpSize());
    }
    if (of.dcpSize() > 1) {
      text.append("_tp").append(of.tpSize());
      text.append("_dcp").append(of.dcpRank()).append('_').append(of.dcpSize());
      text.append("_page").append(model.pageTokens());
    }
    return text.toString();
  }

  private static HiCacheException refused(PageKey key, String why) {
    return new HiCacheException(
        FaultKind.REFUSED, "page %s: with naming=sglang it %s".formatted(key, why));
  }
}
