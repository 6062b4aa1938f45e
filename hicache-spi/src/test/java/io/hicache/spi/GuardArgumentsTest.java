package io.hicache.spi;

import static io.hicache.Refusals.assertRefused;
import static io.hicache.Refusals.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hicache.CallOptions;
import io.hicache.DevicePart;
import io.hicache.Feature;
import io.hicache.HiCacheStorage;
import io.hicache.HostPart;
import io.hicache.Page;
import io.hicache.PageKey;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A caller's bugs, refused in words before the backend hears of the call. */
class GuardArgumentsTest {
  private final Guarded guarded = Guarded.open();
  private final HiCacheStorage store = guarded.store();

  @AfterEach
  void backendWasNeverAsked() {
    assertEquals(List.of(), guarded.backend().events);
    assertEquals(0, store.stats().operations().size(), "a refused call is no call");
  }

  /** Both forms of a read and of a write. */
  private static List<Consumer<Page>> moves(HiCacheStorage store) {
    Page good = Guarded.page("good");
    return List.of(
        page -> store.batchGet(List.of(good, page)),
        page -> store.batchSet(List.of(good, page)),
        store::get,
        store::set);
  }

  @Test
  void move_ofConfinedMemory_isRefusedForTheOwnerToo() {
    try (Arena confined = Arena.ofConfined()) {
      Page page = Guarded.page("mine", confined.allocate(64));
      moves(store)
          .forEach(move ->
              assertRefused(() -> move.accept(page), "mine", "part 0 of 64 bytes", "confined"));
    }
  }

  @Test
  void move_ofFreedMemory_isRefused() {
    Page page;
    try (Arena shared = Arena.ofShared()) {
      page = Guarded.page("gone", shared.allocate(64));
    }
    moves(store).forEach(move -> assertRefused(() -> move.accept(page), "gone", "arena is closed"));
  }

  @Test
  void move_ofDeviceMemoryToABackendWithout_isRefused() {
    Guarded hostOnly =
        Guarded.open(
            ScriptedStorage.capabilities(
                EnumSet.complementOf(EnumSet.of(Feature.DEVICE_MEMORY)), Optional.empty()));
    Page page =
        new Page(
            new PageKey("d"), List.of(new HostPart(Guarded.memory()), new DevicePart(0, 4096, 96)));
    moves(hostOnly.store())
        .forEach(move ->
            assertRefused(() -> move.accept(page), "key d", "part 1 of 96 bytes", "device memory"));
    assertEquals(List.of(), hostOnly.backend().events);
  }

  @Test
  void get_intoReadOnlyMemory_isRefused() {
    Page page = Guarded.page("r", Guarded.memory().asReadOnly());
    assertRefused(() -> store.get(page), "targets[0] (key r)", "read-only");
    assertRefused(
        () -> store.batchGet(List.of(Guarded.page("w"), page)), "targets[1] (key r)", "read-only");
  }

  @Test
  void batchSet_ofOneKeyTwice_isRefused() {
    Page page = Guarded.page("twice");
    assertRefused(
        () -> store.batchSet(List.of(page, Guarded.page("once"), Guarded.page("twice"))),
        "sources[0]",
        "sources[2]",
        "twice",
        "same key");
  }

  @Test
  void anyCall_onNothingAtAll_isRefusedByName() {
    assertSays(npe(() -> store.batchGet(nothing())), "targets");
    assertSays(npe(() -> store.batchSet(nothing())), "sources");
    assertSays(npe(() -> store.batchPresent(nothing())), "keys");
    assertSays(npe(() -> store.batchDelete(nothing())), "keys");
    assertSays(npe(() -> store.batchExists(nothing())), "keys");
    assertSays(npe(() -> store.warm(nothing())), "keys");
    assertSays(npe(() -> store.get(nothing())), "target");
    assertSays(npe(() -> store.set(nothing())), "source");
    assertSays(npe(() -> store.exists(nothing())), "key");
    assertSays(npe(() -> store.delete(nothing())), "key");
    assertSays(npe(() -> store.length(nothing())), "key");
    assertSays(npe(() -> store.register(nothing())), "region");
  }

  @Test
  void batch_withAHole_isRefusedWithItsPosition() {
    List<Page> pages = Arrays.asList(Guarded.page("a"), nothing());
    List<PageKey> keys = Arrays.asList(new PageKey("a"), new PageKey("b"), nothing());
    assertSays(npe(() -> store.batchGet(pages)), "targets[1]");
    assertSays(npe(() -> store.batchSet(pages)), "sources[1]");
    assertSays(npe(() -> store.batchPresent(keys)), "keys[2]");
    assertSays(npe(() -> store.batchExists(keys)), "keys[2]");
    assertSays(npe(() -> store.batchDelete(keys)), "keys[2]");
    assertSays(npe(() -> store.warm(keys)), "keys[2]");
  }

  @Test
  void anyCall_withoutOptions_isRefusedByName() {
    CallOptions none = nothing();
    Page page = Guarded.page("k");
    assertSays(npe(() -> store.batchGet(List.of(page), none)), "options");
    assertSays(npe(() -> store.batchSet(List.of(page), none)), "options");
    assertSays(npe(() -> store.batchPresent(List.of(page.key()), none)), "options");
    assertSays(npe(() -> store.batchDelete(List.of(page.key()), none)), "options");
    assertSays(npe(() -> store.warm(List.of(page.key()), none)), "options");
    assertSays(npe(() -> store.get(page, none)), "options");
    assertSays(npe(() -> store.set(page, none)), "options");
    assertSays(npe(() -> store.exists(page.key(), none)), "options");
    assertSays(npe(() -> store.delete(page.key(), none)), "options");
    assertSays(npe(() -> store.length(page.key(), none)), "options");
  }

  private static NullPointerException npe(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(NullPointerException.class, call);
  }

  /** What a caller without a checker of nulls may pass. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }
}
