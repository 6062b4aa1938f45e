package io.hicache.tck;

import io.hicache.HiCacheStorage;
import io.hicache.StorageConfig;
import io.hicache.spi.NamespaceRecord;
import java.util.List;

/** One way to break the contract: every method that is left alone does what is right. */
interface Fault {
  /** No fault: the reference itself. */
  Fault NONE = () -> "";

  /** Returns the names of the tests that must fail, and no other may, with blanks between. */
  String rules();

  /** Puts the fault in front of the reference, behind the guard. */
  default HiCacheStorage behindGuard(HiCacheStorage right, ReferenceSpace space) {
    return right;
  }

  /** Puts the fault in front of the guard. */
  default HiCacheStorage beforeGuard(HiCacheStorage guarded) {
    return guarded;
  }

  /** Returns the identity that the namespace's id is made of. */
  default StorageConfig identity(StorageConfig config) {
    return config;
  }

  /** Compares a pinned namespace's record, as configured, with the stored one. */
  default void compare(NamespaceRecord configured, NamespaceRecord stored) {
    configured.requireSame(stored);
  }

  /** Returns what the store lists of its namespaces. */
  default List<NamespaceRecord> listed(List<NamespaceRecord> records) {
    return records;
  }
}
