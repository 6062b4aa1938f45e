package io.hicache.spi.found;

import io.hicache.HiCacheStorage;
import io.hicache.StorageConfig;
import io.hicache.spi.Diagnosis;
import io.hicache.spi.HiCacheStorageProvider;
import io.hicache.spi.NamespaceRecord;
import java.util.List;
import java.util.Optional;

/** Providers that a test's own class loader finds, and what is the matter with some of them. */
public final class Found {
  private Found() {}

  /** One that works. */
  public static class Alpha implements HiCacheStorageProvider {
    @Override
    public String name() {
      return "alpha";
    }

    @Override
    public Diagnosis diagnose(StorageConfig config) {
      return new Diagnosis(true, "1", List.of(), List.of());
    }

    @Override
    public List<NamespaceRecord> namespaces(StorageConfig config) {
      return List.of(NamespaceRecord.of(config, Optional.of("one")));
    }

    @Override
    public HiCacheStorage open(StorageConfig config) {
      return new EmptyStorage(NamespaceRecord.of(config, Optional.empty()).id());
    }

    @Override
    public HiCacheStorage open(StorageConfig config, NamespaceRecord record) {
      return new EmptyStorage(record.id());
    }
  }

  /** One that claims another's name. */
  public static final class SecondAlpha extends Alpha {}

  /** One that another class path has, under its own name. */
  public static final class Beta extends Alpha {
    @Override
    public String name() {
      return "beta";
    }
  }

  /** One that cannot be made. */
  public static final class Unmakeable extends Alpha {
    /** Always fails. */
    public Unmakeable() {
      throw new IllegalStateException("no driver for unmakeable");
    }
  }

  /** One that does not know its name. */
  public static final class Nameless extends Alpha {
    @Override
    public String name() {
      throw new IllegalStateException("who am I");
    }
  }

  /** A library's class, which the test's loader hides. */
  public static class Library extends Alpha {}

  /** One whose class cannot be linked without the library. */
  public static final class Unlinked extends Library {}

  /** One that needs the library only when it opens. */
  public static final class Late extends Alpha {
    @Override
    public String name() {
      return "late";
    }

    @Override
    public List<NamespaceRecord> namespaces(StorageConfig config) {
      return new Library().namespaces(config);
    }

    @Override
    public HiCacheStorage open(StorageConfig config) {
      return new Library().open(config);
    }

    @Override
    public HiCacheStorage open(StorageConfig config, NamespaceRecord record) {
      return new Library().open(config, record);
    }
  }
}
