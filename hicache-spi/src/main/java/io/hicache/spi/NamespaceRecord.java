package io.hicache.spi;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.ModelIdentity;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose pages a namespace holds: its id, and in clear everything that decides the stored bytes.
 *
 * <p>Two configurations share pages only if all fields are equal. The id is by default the first 16
 * hexadecimal digits of the SHA-256 of the fields, each as length and UTF-8 of its name and its
 * value, in the names' order; the option {@code namespace} pins another. Salt and LoRA are not in
 * it: they seed the page hash.
 *
 * @param id the namespace's name in the store: 1 to 64 of letters, digits, {@code .}, {@code _} and
 *     {@code -}, not beginning with {@code .}
 * @param fields the identity by field name; a field that does not apply is left out
 */
public record NamespaceRecord(String id, Map<String, String> fields) {
  /** The version of the fields' meaning; a store of a newer one is refused. */
  public static final int FORMAT = 1;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");
  private static final String FORMAT_FIELD = "format";
  private static final String FIRST_LINE = "hicache-namespace";
  private static final String LAST_LINE = "end";
  private static final int ID_DIGITS = 16;

  /**
   * Checks the id.
   *
   * @throws IllegalArgumentException if the id is not of the form above
   */
  public NamespaceRecord {
    Objects.requireNonNull(id, "id");
    if (!ID.matcher(id).matches() || id.contains("..")) {
      throw new IllegalArgumentException(
          "namespace %s: must be 1 to 64 letters, digits, . _ or -, without .. and not beginning with ."
              .formatted(Quoted.of(id)));
    }
    fields = Map.copyOf(fields);
  }

  /**
   * Returns the record of a configuration.
   *
   * @param config whose identity
   * @param pinned the id to use instead of the fields' own, as the option {@code namespace} gives
   *     it
   * @throws IllegalArgumentException if the model's name or the element type is missing: without
   *     them two models could share pages
   */
  public static NamespaceRecord of(StorageConfig config, Optional<String> pinned) {
    Map<String, String> fields = identity(config.model(), config.ranks());
    return new NamespaceRecord(pinned.orElseGet(() -> fingerprint(fields)), fields);
  }

  /**
   * Checks that this record, as configured, is what the store holds.
   *
   * @param stored the record found in the store under the same id
   * @throws HiCacheException {@link FaultKind#REFUSED}, naming the first field that differs, its
   *     stored and its configured value
   */
  public void requireSame(NamespaceRecord stored) {
    TreeMap<String, String> all = new TreeMap<>(fields);
    all.putAll(stored.fields);
    for (String field : all.keySet()) {
      String here = fields.get(field);
      String there = stored.fields.get(field);
      if (!Objects.equals(here, there)) {
        throw new HiCacheException(
            FaultKind.REFUSED,
            "namespace %s: %s is %s in the store but %s as configured; pages of the two must not mix"
                .formatted(id, field, shown(there), shown(here)));
      }
    }
  }

  /**
   * Returns a configuration with this record's identity in place of its own; a tensor-parallel
   * place that the record leaves out, because ranks share the namespace, stays.
   *
   * @param config the configuration
   * @throws HiCacheException {@link FaultKind#REFUSED} if a field is missing or of a wrong form
   */
  public StorageConfig in(StorageConfig config) {
    return RecordedIdentity.in(config, this);
  }

  /**
   * Returns the record as a store keeps it: a first line, one {@code field=value} a line, in order,
   * and a last line, without which it was cut short.
   */
  public String text() {
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    new TreeMap<>(fields)
        .forEach(
            (field, value) -> text.append(field).append('=').append(escaped(value)).append('\n'));
    return text.append(LAST_LINE).append('\n').toString();
  }

  /**
   * Reads a record as {@link #text} writes it.
   *
   * @param id the namespace it was found under
   * @param text its text
   * @throws HiCacheException {@link FaultKind#REFUSED} if the text is not a record, or of a newer
   *     format
   */
  public static NamespaceRecord parse(String id, String text) {
    List<String> lines = List.of(text.split("\n", -1));
    int last = lines.size() - 2;
    if (last < 1
        || !lines.get(0).equals(FIRST_LINE)
        || !lines.get(last).equals(LAST_LINE)
        || !lines.get(last + 1).isEmpty()) {
      throw damaged(id, "it does not begin and end as one");
    }
    Map<String, String> fields = new TreeMap<>();
    for (int i = 1; i < last; i++) {
      int equals = lines.get(i).indexOf('=');
      if (equals < 1) {
        throw damaged(id, "line " + (i + 1) + " is no field");
      }
      String field = lines.get(i).substring(0, equals);
      if (fields.put(field, unescaped(id, lines.get(i).substring(equals + 1))) != null) {
        throw damaged(id, "line " + (i + 1) + " repeats a field");
      }
    }
    if (!Integer.toString(FORMAT).equals(fields.get(FORMAT_FIELD))) {
      throw new HiCacheException(
          FaultKind.REFUSED,
          "namespace %s: its record has format %s, but this release knows %d only"
              .formatted(id, shown(fields.get(FORMAT_FIELD)), FORMAT));
    }
    return new NamespaceRecord(id, fields);
  }

  private static Map<String, String> identity(ModelIdentity model, RankCoordinates ranks) {
    Map<String, String> fields = new TreeMap<>();
    fields.put(FORMAT_FIELD, Integer.toString(FORMAT));
    fields.put("model", required("model name", model, ModelIdentity::name));
    fields.put("dtype", required("dtype", model, ModelIdentity::dtype));
    model.revision().ifPresent(revision -> fields.put("revision", revision));
    fields.put("page-tokens", Integer.toString(model.pageTokens()));
    fields.put("layout", model.layout().label());
    fields.put("mla", Boolean.toString(model.mla()));
    fields.put("pp", ranks.ppRank() + "/" + ranks.ppSize());
    fields.put("cp", ranks.cpRank() + "/" + ranks.cpSize());
    fields.put("dcp", ranks.dcpRank() + "/" + ranks.dcpSize());
    if (ranks.tpLcmSize().isPresent()) {
      fields.put("tp-lcm-size", Integer.toString(ranks.tpLcmSize().getAsInt()));
    } else if (!model.mla()) {
      fields.put("tp", ranks.tpRank() + "/" + ranks.tpSize());
    }
    return fields;
  }

  private static String required(
      String what, ModelIdentity model, Function<ModelIdentity, Optional<String>> field) {
    return field
        .apply(model)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() ->
            new IllegalArgumentException(
                what + " is missing: without it, pages of two models could be mixed up"));
  }

  private static String fingerprint(Map<String, String> fields) {
    MessageDigest digest = sha256();
    new TreeMap<>(fields)
        .forEach((field, value) -> {
          update(digest, field);
          update(digest, value);
        });
    return HexFormat.of().formatHex(digest.digest()).substring(0, ID_DIGITS);
  }

  private static void update(MessageDigest digest, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
    digest.update(utf8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private static String shown(@Nullable String value) {
    return value == null ? "absent" : Quoted.of(value);
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String unescaped(String id, String value) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
        c =
            switch (i < value.length() ? value.charAt(i) : ' ') {
              case '\\' -> '\\';
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> throw damaged(id, "a backslash in it stands for nothing");
            };
      }
      text.append(c);
    }
    return text.toString();
  }

  private static HiCacheException damaged(String id, String how) {
    return new HiCacheException(
        FaultKind.REFUSED, "namespace %s: its record is damaged: %s".formatted(id, how));
  }
}
