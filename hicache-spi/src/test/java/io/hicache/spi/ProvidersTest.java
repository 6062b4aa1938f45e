package io.hicache.spi;

import static io.hicache.Refusals.assertRefused;
import static io.hicache.Refusals.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.StorageConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Backends found by name, whatever is the matter with others. */
class ProvidersTest {
  private static final String OWN = "io.hicache.spi.found.Found$";
  private static final StorageConfig CONFIG = Guarded.CONFIG;

  /** Runs with another class path in the thread's context. */
  private static <T> T with(FoundLoader loader, Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static HiCacheStorage open(String name) {
    return HiCacheStorages.open(name, CONFIG);
  }

  @Test
  void open_byName_opensThatBackendBehindTheGuard() {
    HiCacheStorage store = with(new FoundLoader("good"), () -> open("alpha"));
    assertInstanceOf(GuardedStorage.class, store);
    assertFalse(store.exists(Guarded.page("k").key()));
    assertEquals(NamespaceRecord.of(CONFIG, Optional.empty()).id(), store.inspect().namespace());
    store.close();
    assertThrows(IllegalStateException.class, store::inspect);
  }

  @Test
  void open_byRecord_takesTheRecordsIdentity() {
    FoundLoader loader = new FoundLoader("good");
    NamespaceRecord record = with(loader, () -> HiCacheStorages.namespaces("alpha", CONFIG)).get(0);
    StorageConfig other = StorageConfig.of("another", "float16", 1);
    HiCacheStorage store = with(loader, () -> HiCacheStorages.open("alpha", other, record));
    assertEquals("one", store.inspect().namespace());
    store.close();
  }

  @Test
  void backends_ofAClassPath_areInOrder() {
    assertEquals(
        List.of("alpha", "beta"), with(new FoundLoader("good"), HiCacheStorages::backends));
  }

  @Test
  void open_ofAnUnknownName_listsWhatIsHere() {
    with(
        new FoundLoader("good"),
        () -> assertRefused(() -> open("gamma"), "backend \"gamma\"", "alpha, beta"));
    assertRefused(() -> open("gamma"), "backend \"gamma\"", "here are none");
    assertRefused(() -> open("a\nb"), "\"a\\u000ab\"");
  }

  @Test
  void open_ofAKnownNameThatIsNotHere_namesTheArtifact() {
    assertEquals(
        Set.of("file", "juicefs", "valkey", "redis", "nixl", "memkv"),
        Providers.artifacts().keySet());
    Providers.artifacts()
        .forEach((name, artifact) ->
            assertRefused(() -> open(name), "backend \"" + name + "\"", "add " + artifact));
    assertTrue(Providers.artifacts().containsValue("io.hicache:hicache-file"));
  }

  @Test
  void open_ofANameTwoHave_isRefusedWithBoth() {
    with(
        new FoundLoader("double"),
        () ->
            assertRefused(
                () -> open("alpha"),
                "\"alpha\"",
                "2 providers",
                OWN + "Alpha",
                OWN + "SecondAlpha"));
  }

  @Test
  void open_besideBrokenProviders_opensTheGoodOne() {
    FoundLoader loader = new FoundLoader("broken", OWN + "Library");
    with(loader, () -> open("alpha")).close();
    assertEquals(List.of("alpha"), with(loader, HiCacheStorages::backends));
  }

  @Test
  void open_ofAnUnknownNameBesideBrokenProviders_saysWhatIsTheMatterWithEach() {
    with(
        new FoundLoader("broken", OWN + "Library"),
        () ->
            assertRefused(
                () -> open("unmakeable"),
                "here are alpha",
                "could not be loaded",
                "Library",
                OWN + "Unmakeable",
                "no driver for unmakeable",
                OWN + "Nameless",
                "who am I",
                OWN + "NotThere",
                "not a subtype"));
  }

  @Test
  void open_whenTheBackendsLibraryIsMissing_isUnavailableAndNamesIt() {
    FoundLoader loader = new FoundLoader("late", OWN + "Library");
    NamespaceRecord record = NamespaceRecord.of(CONFIG, Optional.empty());
    List<Supplier<Object>> calls =
        List.of(
            () -> open("late"),
            () -> HiCacheStorages.open("late", CONFIG, record),
            () -> HiCacheStorages.namespaces("late", CONFIG));
    for (Supplier<Object> call : calls) {
      HiCacheException e = assertThrows(HiCacheException.class, () -> with(loader, call));
      assertEquals(FaultKind.UNAVAILABLE, e.kind());
      assertSays(e, "late", "Found$Library");
      assertInstanceOf(LinkageError.class, e.getCause());
    }
    with(loader, () -> open("alpha")).close();
    with(new FoundLoader("late"), () -> open("late")).close();
  }

  @Test
  void find_withoutAContextClassLoader_looksInTheLibrarysOwn() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try {
      assertEquals(List.of(), Providers.names());
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
