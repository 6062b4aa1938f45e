package io.hicache.tck;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.StorageConfig;
import io.hicache.spi.NamespaceRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Storages that do not know their namespaces, or do not stand by their names. */
final class RecordFaults {
  private static final String LISTED = "namespaces_ofAnOpenStore_haveItsRecord";
  private static final String IN_ORDER = "namespaces_ofTwoModels_areListedInOrder";
  private static final String BY_RECORD = "openByRecord_withAnotherIdentity_seesTheRecordsPages";
  private static final String PINNED = "pinnedNamespace_isTheOneThatIsUsed";
  private static final String REVISION = "pinnedNamespace_ofAnotherRevision_isRefusedByField";
  private static final Set<String> REFUSALS =
      Set.of(
          REVISION,
          "pinnedNamespace_ofAnotherModel_isRefusedByField",
          "pinnedNamespace_ofAnotherElementType_isRefusedByField",
          "pinnedNamespace_ofAnotherPageSize_isRefusedByField");

  private RecordFaults() {}

  static List<Fault> ofLists() {
    return List.of(
        new Fault.Named("lists no namespace", Set.of(LISTED, IN_ORDER, PINNED)) {
          @Override
          public List<NamespaceRecord> listed(List<NamespaceRecord> records) {
            return List.of();
          }
        },
        new Fault.Named("lists namespaces in the wrong order", Set.of(IN_ORDER)) {
          @Override
          public List<NamespaceRecord> listed(List<NamespaceRecord> records) {
            return records.reversed();
          }
        });
  }

  static List<Fault> ofComparing() {
    return List.of(
        new Fault.Named("compares nothing", REFUSALS) {
          @Override
          public void compare(NamespaceRecord configured, NamespaceRecord stored) {}
        },
        new Fault.Named("refuses without a reason", REFUSALS) {
          @Override
          public void compare(NamespaceRecord configured, NamespaceRecord stored) {
            if (!configured.equals(stored)) {
              throw new HiCacheException(FaultKind.REFUSED, "no");
            }
          }
        });
  }

  static List<Fault> ofIdentities() {
    return List.of(
        new Fault.Named("opens the configured identity for a record", Set.of(BY_RECORD)) {
          @Override
          public NamespaceRecord opened(StorageConfig config, NamespaceRecord record) {
            return config.options().containsKey("namespace") ? record : ownOf(config);
          }
        },
        new Fault.Named("does not use a pinned name", Set.of(PINNED, BY_RECORD)) {
          @Override
          public NamespaceRecord opened(StorageConfig config, NamespaceRecord record) {
            return ownOf(config);
          }
        },
        new Fault.Named(
            "is another namespace whenever it is opened",
            Set.of(
                "open_again_isTheSameNamespace",
                LISTED,
                REVISION,
                "pinnedNamespace_ofTheSameIdentity_opensAgain")) {
          @Override
          public StorageConfig identity(StorageConfig config) {
            return config.withRevision(UUID.randomUUID().toString());
          }
        });
  }

  private static NamespaceRecord ownOf(StorageConfig config) {
    return NamespaceRecord.of(config, Optional.empty());
  }
}
