package io.hicache.resp;

import io.hicache.StorageConfig;
import io.hicache.resp.LmcacheMetadata.ElementType;
import io.hicache.resp.LmcacheMetadata.Group;
import io.hicache.resp.LmcacheMetadata.MemoryFormat;
import io.hicache.resp.StoredForm.Lmcache.Keys;
import io.hicache.resp.StoredForm.Lmcache.MultiProcess;
import io.hicache.resp.StoredForm.Lmcache.Strings;
import io.hicache.spi.Option;
import io.hicache.spi.Options;
import io.hicache.spi.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The options that say which generation of LMCache is meant, and what its pages are made of. */
final class LmcacheOptions {
  private static final Map<String, Keys> GENERATIONS =
      Map.of(
          "0.3.6", Keys.V0_3_6,
          "0.3.12", Keys.V0_3_12,
          "0.3.15", Keys.V0_3_15,
          "mp-0.4.2", Keys.MP_0_4_2,
          "mp-0.4.7", Keys.MP_0_4_7);

  /** What keys call a type, where that is not its name in PyTorch. */
  private static final Map<String, String> SHORT =
      Map.of(
          "float16", "half",
          "float32", "float",
          "float64", "double",
          "float8_e4m3fn", "fp8_e4m3fn",
          "float8_e4m3fnuz", "fp8_e4m3fnuz",
          "float8_e5m2", "fp8_e5m2",
          "float8_e5m2fnuz", "fp8_e5m2fnuz");

  static final Option<Keys> KEYS =
      Option.of(
              "lmcache-keys",
              "0.3.6 | 0.3.12 | 0.3.15 | mp-0.4.2 | mp-0.4.7",
              LmcacheOptions::generation)
          .withDefault("0.3.15")
          .withPurpose("generation of names, by the first release of LMCache that has it");

  static final Option<Strings> STRINGS =
      Option.choice("lmcache-strings", Strings.class)
          .withDefault("tagged")
          .withPurpose("which strings a page is made of, and how their keys end");

  static final Option<MemoryFormat> FORMAT =
      Option.of("lmcache-fmt", "KV_2LTD and the like", LmcacheOptions::format)
          .withPurpose("LMCache's memory format; default KV_2LTD, with MLA KV_MLA_FMT");

  static final Option<String> DTYPE =
      Option.text("lmcache-dtype")
          .withPurpose(
              "element types of a page's tensors, joined by ;; default the configuration's");

  static final Option<List<List<Integer>>> SHAPE =
      Option.of("lmcache-shape", "numbers, as in 2,32,256,1024", LmcacheOptions::shapes)
          .withPurpose("shapes of a page's tensors, joined by ;; needed where there is metadata");

  static final Option<Integer> RANK =
      Option.of("lmcache-kv-rank", "number, 0 to 0xffffffff", LmcacheOptions::rank)
          .withDefault("0")
          .withPurpose("kv_rank in names of the multi-process mode");

  static final Option<Integer> GROUP =
      Option.number("lmcache-object-group-id", 0, Integer.MAX_VALUE)
          .withDefault("0")
          .withPurpose("object_group_id in names of the multi-process mode");

  static final Option<String> PREFIX =
      Option.text("lmcache-key-prefix")
          .withDefault("")
          .withPurpose("what stands before names of the multi-process mode, as key_prefix")
          .withAlias("key_prefix");

  private LmcacheOptions() {}

  static List<Option<?>> all() {
    return List.of(KEYS, STRINGS, FORMAT, DTYPE, SHAPE, RANK, GROUP, PREFIX);
  }

  /**
   * Reads them.
   *
   * @param backend the backend's name, for messages
   * @throws IllegalArgumentException if they do not go together
   */
  static StoredForm.Lmcache read(String backend, Options options, StorageConfig config) {
    List<String> types =
        List.of(options.find(DTYPE).or(() -> config.model().dtype()).orElse("").split(";", -1));
    String prefix = options.get(PREFIX);
    if (prefix.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "option lmcache-key-prefix of backend " + backend + ": must be without @");
    }
    Strings strings = options.get(STRINGS);
    List<Group> groups =
        strings == Strings.RAW ? List.of() : groups(backend, types, options.find(SHAPE));
    MemoryFormat usual = config.model().mla() ? MemoryFormat.KV_MLA_FMT : MemoryFormat.KV_2LTD;
    Keys keys = options.get(KEYS);
    return new StoredForm.Lmcache(
        keys,
        strings,
        dtype(keys, bare(types.getFirst())),
        new MultiProcess(options.get(RANK), options.get(GROUP), prefix),
        groups.isEmpty()
            ? Optional.empty()
            : Optional.of(new LmcacheMetadata(options.find(FORMAT).orElse(usual), groups)));
  }

  /** Returns what keys of a generation call a type. */
  static String dtype(Keys keys, String type) {
    String name = SHORT.getOrDefault(type, type);
    return keys == Keys.V0_3_12 ? name.replaceFirst("^(fp8_e4m3|fp8_e5m2).*", "$1") : name;
  }

  private static List<Group> groups(
      String backend, List<String> types, Optional<List<List<Integer>>> shapes) {
    if (shapes.isEmpty() || shapes.get().size() != types.size()) {
      throw new IllegalArgumentException(
          "option lmcache-shape of backend %s: must be set for metadata, as in 2,32,256,1024, with as many shapes as lmcache-dtype has types: %d"
              .formatted(backend, types.size()));
    }
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      try {
        groups.add(new Group(ElementType.of(types.get(i)), shapes.get().get(i)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "option lmcache-dtype of backend %s: %s".formatted(backend, e.getMessage()), e);
      }
    }
    return groups;
  }

  private static String bare(String type) {
    return type.startsWith("torch.") ? type.substring("torch.".length()) : type;
  }

  private static Keys generation(String text) {
    Keys keys = GENERATIONS.get(text);
    if (keys == null) {
      throw new IllegalArgumentException(
          "must be one of 0.3.6, 0.3.12, 0.3.15, mp-0.4.2, mp-0.4.7");
    }
    return keys;
  }

  private static MemoryFormat format(String text) {
    return Arrays.stream(MemoryFormat.values())
        .filter(format -> format.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be one of " + Arrays.toString(MemoryFormat.values())));
  }

  private static List<List<Integer>> shapes(String text) {
    return Arrays.stream(text.split(";", -1)).map(LmcacheOptions::shape).toList();
  }

  private static List<Integer> shape(String text) {
    List<Integer> shape =
        Arrays.stream(text.split(",", -1))
            .map(size -> Units.between(Units.number(size.strip()), 0, Integer.MAX_VALUE).intValue())
            .toList();
    return new Group(ElementType.NONE, shape).shape();
  }

  private static int rank(String text) {
    try {
      return Integer.parseUnsignedInt(
          text.startsWith("0x") ? text.substring(2) : text, text.startsWith("0x") ? 16 : 10);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be 0 to 4294967295, or 0x and hex digits", e);
    }
  }
}
