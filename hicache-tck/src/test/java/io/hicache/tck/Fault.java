package io.hicache.tck;

import io.hicache.HiCacheStorage;
import io.hicache.StorageConfig;
import io.hicache.spi.NamespaceRecord;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One way to break the contract: every method that is left alone does what is right. */
interface Fault {
  /** No fault: the reference itself. */
  Fault NONE = Set::of;

  /** Returns the names of the tests that must fail; no other of their groups may. */
  Set<String> rules();

  /** Puts the fault in front of the reference, behind the guard. */
  default HiCacheStorage behindGuard(HiCacheStorage right, ReferenceSpace space) {
    return right;
  }

  /** Puts the fault in front of the guard. */
  default HiCacheStorage beforeGuard(HiCacheStorage guarded) {
    return guarded;
  }

  /** Returns the configuration whose options are read. */
  default StorageConfig accepted(StorageConfig config) {
    return config;
  }

  /** Returns the identity that the namespace's id is made of. */
  default StorageConfig identity(StorageConfig config) {
    return config;
  }

  /** Compares a pinned namespace's record, as configured, with the stored one. */
  default void compare(NamespaceRecord configured, NamespaceRecord stored) {
    configured.requireSame(stored);
  }

  /** Returns the record by which pages are named. */
  default NamespaceRecord naming(NamespaceRecord record) {
    return record;
  }

  /** Returns what the store lists of its namespaces. */
  default List<NamespaceRecord> listed(List<NamespaceRecord> records) {
    return records;
  }

  /** Returns the record whose pages are opened. */
  default NamespaceRecord opened(StorageConfig config, NamespaceRecord record) {
    return record;
  }

  /** Tells whether the kit may damage stored pages. */
  default boolean letsDamage() {
    return true;
  }

  /** Makes a fault of a storage behind the guard. */
  static Fault behind(
      String name, Function<HiCacheStorage, HiCacheStorage> wrong, String... rules) {
    return behind(name, (right, space) -> wrong.apply(right), rules);
  }

  /** Makes a fault of a storage behind the guard that reaches into the stored pages. */
  static Fault behind(
      String name,
      BiFunction<HiCacheStorage, ReferenceSpace, HiCacheStorage> wrong,
      String... rules) {
    return new Named(name, Set.of(rules)) {
      @Override
      public HiCacheStorage behindGuard(HiCacheStorage right, ReferenceSpace space) {
        return wrong.apply(right, space);
      }
    };
  }

  /** Makes a fault of the guard. */
  static Fault before(
      String name, Function<HiCacheStorage, HiCacheStorage> wrong, String... rules) {
    return new Named(name, Set.of(rules)) {
      @Override
      public HiCacheStorage beforeGuard(HiCacheStorage guarded) {
        return wrong.apply(guarded);
      }
    };
  }

  /** A fault that reports can name. */
  class Named implements Fault {
    private final String name;
    private final Set<String> rules;

    Named(String name, Set<String> rules) {
      this.name = name;
      this.rules = rules;
    }

    @Override
    public final Set<String> rules() {
      return rules;
    }

    @Override
    public final String toString() {
      return name;
    }
  }
}
