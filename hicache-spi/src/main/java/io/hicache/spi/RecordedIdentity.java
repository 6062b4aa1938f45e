package io.hicache.spi;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.ModelIdentity;
import io.hicache.PageLayout;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a configuration's identity back out of a namespace's record. */
final class RecordedIdentity {
  private final NamespaceRecord record;
  private final Map<String, String> fields;

  private RecordedIdentity(NamespaceRecord record) {
    this.record = record;
    this.fields = record.fields();
  }

  /**
   * Returns a configuration with the identity of a record. What the record leaves out because pages
   * do not depend on it, the tensor-parallel place of a namespace that ranks share, stays as it is.
   *
   * @throws HiCacheException {@link FaultKind#REFUSED} if a field is missing or no value of its
   *     kind
   */
  static StorageConfig in(StorageConfig config, NamespaceRecord record) {
    RecordedIdentity identity = new RecordedIdentity(record);
    try {
      return config.withModel(identity.model()).withRanks(identity.ranks(config.ranks()));
    } catch (IllegalArgumentException e) {
      throw identity.damaged(String.valueOf(e.getMessage()));
    }
  }

  private ModelIdentity model() {
    return new ModelIdentity(
        Optional.of(field("model")),
        Optional.ofNullable(fields.get("revision")),
        Optional.of(field("dtype")),
        (int) Units.number(field("page-tokens")),
        PageLayout.of(field("layout")),
        Units.flag(field("mla")));
  }

  private RankCoordinates ranks(RankCoordinates given) {
    int[] pp = place("pp");
    int[] cp = place("cp");
    int[] dcp = place("dcp");
    int[] tp = fields.containsKey("tp") ? place("tp") : new int[] {given.tpRank(), given.tpSize()};
    OptionalInt lcm =
        fields.containsKey("tp-lcm-size")
            ? OptionalInt.of((int) Units.number(field("tp-lcm-size")))
            : OptionalInt.empty();
    return new RankCoordinates(tp[0], tp[1], pp[0], pp[1], cp[0], cp[1], dcp[0], dcp[1], lcm);
  }

  private int[] place(String name) {
    String[] parts = field(name).split("/", -1);
    if (parts.length != 2) {
      throw damaged(name + " must be rank/size");
    }
    return new int[] {(int) Units.number(parts[0]), (int) Units.number(parts[1])};
  }

  private String field(String name) {
    String value = fields.get(name);
    if (value == null) {
      throw damaged(name + " is missing");
    }
    return value;
  }

  private HiCacheException damaged(String why) {
    return new HiCacheException(
        FaultKind.REFUSED, "namespace " + record.id() + ": its record is damaged: " + why);
  }
}
