package io.hicache.resp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hicache.ModelIdentity;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.RankCoordinates;
import io.hicache.resp.LmcacheMetadata.ElementType;
import io.hicache.resp.LmcacheMetadata.Group;
import io.hicache.resp.LmcacheMetadata.MemoryFormat;
import io.hicache.resp.StoredForm.Lmcache;
import io.hicache.resp.StoredForm.Lmcache.Keys;
import io.hicache.resp.StoredForm.Lmcache.MultiProcess;
import io.hicache.resp.StoredForm.Lmcache.Strings;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Metadata and names, digit for digit as nine releases of LMCache write them. */
class LmcacheTest {
  /** How many lines the vectors have, so that none is passed over unseen. */
  private static final int METADATA = 191;

  private static final int KEYS = 201;

  static List<LmcacheVector> metadata() {
    return LmcacheVector.read("metadata");
  }

  static List<LmcacheVector> keys() {
    return LmcacheVector.read("key");
  }

  static List<LmcacheVector> objects() {
    return LmcacheVector.read("object");
  }

  @Test
  void vectors_all_areHere() {
    assertEquals(METADATA, metadata().size());
    assertEquals(KEYS, keys().size());
    assertEquals(22, objects().size());
  }

  /** version, length, format, groups as {@code dtype:shape;…}, hex. */
  @ParameterizedTest
  @MethodSource("metadata")
  void metadata_ofEveryRelease_isWrittenAndReadByteForByte(LmcacheVector vector) {
    byte[] theirs = HexFormat.of().parseHex(vector.field(4));
    int length = Integer.parseInt(vector.field(1));
    LmcacheMetadata ours =
        new LmcacheMetadata(
            MemoryFormat.valueOf(vector.field(2)),
            Arrays.stream(vector.field(3).split(";", -1)).map(LmcacheTest::group).toList());

    assertArrayEquals(theirs, ours.encoded(length));
    assertEquals(length, LmcacheMetadata.length(theirs));
    assertArrayEquals(theirs, LmcacheMetadata.decoded(theirs).encoded(length));
    assertEquals(ours.format(), LmcacheMetadata.decoded(theirs).format());
  }

  /** version, model, world size, worker, dtype, hash and what comes behind it, name. */
  @ParameterizedTest
  @MethodSource("keys")
  void name_ofEveryRelease_isTheirs(LmcacheVector vector) {
    Keys generation = generation(vector.field(0));
    LmcacheNames names =
        names(
            generation,
            Strings.RAW,
            LmcacheOptions.dtype(generation, vector.field(4)),
            new MultiProcess(0, 0, ""),
            vector.field(1),
            RankCoordinates.SINGLE.withTp(
                Integer.parseInt(vector.field(3)), Integer.parseInt(vector.field(2))));

    assertEquals(vector.field(6), names.name(new PageKey(vector.field(5))));
  }

  /** version, model, rank, group, hash and salt, name. */
  @ParameterizedTest
  @MethodSource("objects")
  void name_ofTheMultiProcessMode_isTheirs(LmcacheVector vector) {
    Keys generation =
        vector.field(0).startsWith("0.4.2") || vector.field(0).startsWith("0.4.4")
            ? Keys.MP_0_4_2
            : Keys.MP_0_4_7;
    MultiProcess mode =
        new MultiProcess(
            Integer.parseUnsignedInt(vector.field(2)), Integer.parseInt(vector.field(3)), "");
    LmcacheNames names =
        names(generation, Strings.RAW, "", mode, vector.field(1), RankCoordinates.SINGLE);

    assertEquals(vector.field(5), names.name(new PageKey(vector.field(4))));
  }

  @Test
  void name_withEveryKindOfStrings_endsAsThatHasIt() {
    assertEquals("{m@1@0@ff@half}:kv_bytes", name(Strings.TAGGED));
    assertEquals("m@1@0@ff@half:kv_bytes", name(Strings.COLON));
    assertEquals("m@1@0@ff@halfkv_bytes", name(Strings.JOINED));
    assertEquals("m@1@0@ff@half", name(Strings.RAW));
    assertEquals("{m@1@0@ff@half}:metadata", names(Strings.TAGGED).metadata(new PageKey("ff")));
    assertEquals("m@1@0@ff@half:metadata", names(Strings.COLON).metadata(new PageKey("ff")));
    assertEquals("m@1@0@ff@halfmetadata", names(Strings.JOINED).metadata(new PageKey("ff")));
  }

  @Test
  void holds_keysOfOthers_saysNo() {
    for (Strings strings : Strings.values()) {
      LmcacheNames names = names(strings);
      String own = names.name(new PageKey("ff@5@u%1"));
      assertEquals(true, names.holds(own), own);
      for (String other : List.of("m@1@1@", "m@2@0@", "mm@1@0@")) {
        assertFalse(names.holds(own.replace("m@1@0@", other)), other);
      }
      assertFalse(names.holds(own.replace("@half", "@float")), strings::toString);
      assertFalse(names.holds(own.replace("ff", "")), strings::toString);
    }
    assertFalse(names(Strings.JOINED).holds("m@1@0@ff@half"));
  }

  @Test
  void names_ofAModelThatCannotBeReadBack_areRefused() {
    for (String model : List.of("a@b", "")) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              names(
                  Keys.V0_3_15,
                  Strings.RAW,
                  "half",
                  new MultiProcess(0, 0, ""),
                  model,
                  RankCoordinates.SINGLE));
    }
  }

  @Test
  void decoded_whatIsNone_isRefused() {
    byte[] good = new LmcacheMetadata(MemoryFormat.KV_2LTD, List.of(group("none:1"))).encoded(1);
    for (int length : new int[] {0, 8, 27, 29}) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThrows(IllegalArgumentException.class, () -> LmcacheMetadata.decoded(cut));
    }
    good[4] = 99;
    assertThrows(IllegalArgumentException.class, () -> LmcacheMetadata.decoded(good));
    good[4] = 1;
    good[8] = 1;
    assertEquals(ElementType.FLOAT16, LmcacheMetadata.decoded(good).groups().getFirst().type());
  }

  private static Group group(String text) {
    String[] parts = text.split(":", 2);
    return new Group(
        ElementType.of(parts[0]),
        Arrays.stream(parts[1].split(",", -1)).map(Integer::valueOf).toList());
  }

  private static Keys generation(String release) {
    return switch (release) {
      case "0.3.6", "0.3.9" -> Keys.V0_3_6;
      case "0.3.12" -> Keys.V0_3_12;
      default -> Keys.V0_3_15;
    };
  }

  private static String name(Strings strings) {
    return names(strings).name(new PageKey("ff"));
  }

  private static LmcacheNames names(Strings strings) {
    return names(
        Keys.V0_3_15, strings, "half", new MultiProcess(0, 0, ""), "m", RankCoordinates.SINGLE);
  }

  private static LmcacheNames names(
      Keys keys,
      Strings strings,
      String dtype,
      MultiProcess mode,
      String model,
      RankCoordinates ranks) {
    Optional<LmcacheMetadata> metadata =
        strings == Strings.RAW
            ? Optional.empty()
            : Optional.of(new LmcacheMetadata(MemoryFormat.KV_2LTD, List.of(group("none:1"))));
    return new LmcacheNames(
        new Lmcache(keys, strings, dtype, mode, metadata),
        new ModelIdentity(
            Optional.of(model),
            Optional.empty(),
            Optional.empty(),
            1,
            PageLayout.LAYER_FIRST,
            false),
        ranks);
  }
}
