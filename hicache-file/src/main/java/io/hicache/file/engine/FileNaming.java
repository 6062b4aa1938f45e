package io.hicache.file.engine;

import io.hicache.PageKey;
import io.hicache.RankCoordinates;
import io.hicache.spi.NamespaceRecord;
import io.hicache.spi.ObjectNaming;
import io.hicache.spi.PoolRanks;
import io.hicache.spi.StoredObject;
import io.hicache.spi.Units;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The library's own names of page files: {@code shard/pool-key}, as in {@code 3f/kv-cf97adee…3b72}.
 *
 * <p>A pool's name holds only {@code a–z}, {@code 0–9} and {@code _}, so the first character that
 * is none of these tells how the rest is to be read, and no two pages share a name:
 *
 * <ul>
 *   <li>{@code pool-KEY}: the key as it is, wherever the name stays within 255 bytes, which is what
 *       file systems allow;
 *   <li>{@code pool+DIGEST}: a longer key's SHA-256 in 64 hexadecimal digits; the page's record
 *       then holds the key itself, which a read compares;
 *   <li>{@code pool@FIRST.COUNT.OF} before either, in a namespace which tensor-parallel sizes of a
 *       common multiple share: the head groups that the file covers. That is one of a page's, so
 *       that each size finds its own; of a pool that is per rank, all of the rank's, since its
 *       bytes have no heads to be divided by. Under MLA, where all ranks share a namespace, so are
 *       named the pages of pools that are per rank: {@code pool@RANK.1.SIZE}.
 * </ul>
 *
 * <p>The shard is a byte of a hash of the file's name in two lower-case hexadecimal digits, so that
 * keys with a common beginning spread over all 256 directories too. No name begins with a dot;
 * those are temporary files. Thread-safe.
 */
public final class FileNaming implements ObjectNaming {
  /** Most bytes of a file's name: {@code NAME_MAX} of Linux. */
  static final int MAX_NAME_BYTES = 255;

  private static final String LCM_FIELD = "tp-lcm-size";
  private static final Pattern FORM =
      Pattern.compile(
          "[a-z][a-z0-9_]*(@[0-9]+\\.[0-9]+\\.[0-9]+)?(-[\\x21-\\x7E&&[^/\\\\]]+|\\+[0-9a-f]{64})");
  private static final HexFormat HEX = HexFormat.of();

  /** Who has pages in a namespace, and so what a name must tell beside pool and key. */
  public enum Sharing {
    /** One tensor-parallel rank. */
    RANK,
    /** Ranks of sizes with a common multiple: whose heads a page covers. */
    HEAD_GROUPS,
    /**
     * All ranks of all sizes, whose keys and values are alike (MLA): the rank where they are not.
     */
    MLA
  }

  private final Sharing sharing;

  /**
   * Makes a naming.
   *
   * @param sharing who has pages in the namespace
   */
  public FileNaming(Sharing sharing) {
    this.sharing = sharing;
  }

  /**
   * Returns the naming of a namespace.
   *
   * @param record whose pages; one that records a common multiple of tensor-parallel sizes is
   *     shared by them, unless every rank's pages are alike (MLA)
   */
  static FileNaming of(NamespaceRecord record) {
    if (Boolean.parseBoolean(record.fields().get("mla"))) {
      return new FileNaming(Sharing.MLA);
    }
    boolean groups = record.fields().containsKey(LCM_FIELD);
    return new FileNaming(groups ? Sharing.HEAD_GROUPS : Sharing.RANK);
  }

  /**
   * Returns a rank's coordinates as names need them: with the namespace's common multiple.
   *
   * @throws IllegalArgumentException if the rank's size does not divide it
   */
  RankCoordinates coordinates(NamespaceRecord record, RankCoordinates ranks) {
    String multiple = record.fields().get(LCM_FIELD);
    boolean groups = sharing == Sharing.HEAD_GROUPS;
    return groups && multiple != null ? ranks.withTpLcm((int) Units.number(multiple)) : ranks;
  }

  @Override
  public List<StoredObject> objects(PageKey key, RankCoordinates coordinates, String tag) {
    List<PageName> names = names(key, coordinates);
    List<StoredObject> objects = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      objects.add(new StoredObject.Run(names.get(i).path(), i, names.size()));
    }
    return objects;
  }

  /** Returns the names of a page's files, in the order of its bytes. */
  List<PageName> names(PageKey key, RankCoordinates coordinates) {
    return switch (sharing) {
      case RANK -> List.of(name(key, key.pool().value()));
      case HEAD_GROUPS -> groupNames(key, coordinates);
      case MLA ->
          PoolRanks.perRank(key.pool(), true)
              ? List.of(name(key, owner(key, coordinates.tpRank(), 1, coordinates.tpSize())))
              : List.of(name(key, key.pool().value()));
    };
  }

  private static List<PageName> groupNames(PageKey key, RankCoordinates coordinates) {
    int all = coordinates.tpLcmSize().orElse(coordinates.tpSize());
    int count = all / coordinates.tpSize();
    int first = coordinates.tpRank() * count;
    if (PoolRanks.perRank(key.pool(), false)) {
      return List.of(name(key, owner(key, first, count, all)));
    }
    List<PageName> names = new ArrayList<>(count);
    for (int group = first; group < first + count; group++) {
      names.add(name(key, owner(key, group, 1, all)));
    }
    return names;
  }

  private static String owner(PageKey key, int first, int count, int all) {
    return key.pool().value() + '@' + first + '.' + count + '.' + all;
  }

  private static PageName name(PageKey key, String owner) {
    String value = key.value();
    boolean fits = owner.length() + 1 + value.length() <= MAX_NAME_BYTES;
    String file = fits ? owner + '-' + value : owner + '+' + digest(value);
    int hash = checksum(file);
    return new PageName(shard(hash) + '/' + file, hash, fits ? "" : value, false);
  }

  /** Tells whether a file's name is one that this naming gives. */
  static boolean isPage(String file) {
    return FORM.matcher(file).matches();
  }

  /** Returns where a file of that name lies: its shard, {@code /}, its name. */
  static String place(String file) {
    return shard(checksum(file)) + '/' + file;
  }

  /** Returns whose a file is by its name: the pool, and the rank or head groups if named. */
  static String owner(String file) {
    return file.substring(0, keyMark(file));
  }

  /** Returns the name of the same page's file of another pool or other head groups. */
  static String sibling(String file, String owner) {
    return owner + file.substring(keyMark(file));
  }

  /** Returns where the key or its digest begins, its mark included; owners hold neither mark. */
  private static int keyMark(String file) {
    int at = 0;
    while (file.charAt(at) != '-' && file.charAt(at) != '+') {
      at++;
    }
    return at;
  }

  private static int checksum(String file) {
    CRC32C checksum = new CRC32C();
    checksum.update(file.getBytes(StandardCharsets.ISO_8859_1));
    return (int) checksum.getValue();
  }

  /** MurmurHash3's finaliser over the name's checksum, so that every bit has a say. */
  private static String shard(int nameChecksum) {
    int hash = (nameChecksum ^ (nameChecksum >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return HEX.toHexDigits((byte) (hash >>> 24));
  }

  private static String digest(String value) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HEX.formatHex(sha256.digest(value.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
