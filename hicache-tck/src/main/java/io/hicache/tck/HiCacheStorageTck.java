package io.hicache.tck;

import io.hicache.HiCacheStorage;
import io.hicache.PageKey;
import io.hicache.StorageConfig;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every storage must do, as tests. A backend's author extends this class in the backend's own
 * tests and says how to open it:
 *
 * {@snippet :
 * class FileStorageTckTest extends HiCacheStorageTck {
 *   @TempDir Path dir;
 *
 *   @Override
 *   protected String backend() {
 *     return "file";
 *   }
 *
 *   @Override
 *   protected StorageConfig config() {
 *     return StorageConfig.of("tck-model", "bfloat16", 64).withOption("dir", dir.toString());
 *   }
 * }
 * }
 *
 * <p>Each test opens the store through {@link io.hicache.HiCacheStorages}, as users do. After each
 * test every byte of its memory is checked: those around the pages, the sources, and the targets
 * that must not change. Then the memory is overwritten, the store closed, and the memory checked
 * again, so that a late write shows.
 *
 * <p>What a store's {@linkplain io.hicache.Capabilities capabilities} or a trait of this class say
 * turns an assertion round; no test is ever skipped.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class HiCacheStorageTck
    implements OnePageRules,
        KeyRules,
        PartRules,
        BatchRules,
        PresenceRules,
        DeleteRules,
        BadMemoryRules,
        BadCallRules,
        LifecycleRules,
        InterruptRules,
        ThreadRules,
        RegistrationRules,
        DeadlineRules,
        QuietRules,
        IntegrityRules,
        ReopenRules,
        NamespaceRules,
        RecordRules,
        StatsRules,
        SlotRules,
        BadSlotRules,
        PoolRules,
        PrefixRules,
        TranscodingRules,
        HeadGroupRules {
  private @Nullable StoreUnderTest tck;

  /** For subclasses, which JUnit makes. */
  protected HiCacheStorageTck() {}

  /** Returns the backend's name, as in {@code file}. */
  protected abstract String backend();

  /**
   * Returns what to open, with room for 64 MiB of pages. Called before every test: neither the
   * namespace it names nor one of another model, revision, element type, layout, page size or rank
   * may hold a page yet, and no name is pinned. A new directory or a new model name for every call
   * is the simplest way.
   *
   * @throws Exception if the store cannot be made ready; fails the test
   */
  protected abstract StorageConfig config() throws Exception;

  /**
   * Tells whether pages are there when the store is closed and opened again, and for a second
   * storage opened beside the first; true unless overridden. Turns the assertions of the rules on
   * reopening round.
   */
  protected boolean persistsAcrossReopen() {
    return true;
  }

  /**
   * Tells whether the store records whose pages it holds, and so keeps those of every other
   * identity apart; true unless overridden. A naming that is another program's has no room for
   * that: its store lists no namespaces, takes no pinned one, and tells identities apart by the
   * model's name, by MLA and by the ranks alone.
   */
  protected boolean recordsIdentity() {
    return true;
  }

  /**
   * Tells whether the store has a name for a page; true unless overridden. A page that has none is
   * {@link io.hicache.Outcome#FAILED_REFUSED} in every call.
   *
   * @param key a legal key
   */
  protected boolean canName(PageKey key) {
    return true;
  }

  /**
   * Tells whether pages that servers of one tensor-parallel size have stored are there for those of
   * another, where both are opened with the same {@code tp_lcm_size}; true unless overridden. Turns
   * the assertions of the rules on head groups round: without it, such pages must be absent.
   */
  protected boolean sharesHeadGroups() {
    return true;
  }

  /**
   * Changes at least one byte of a page in the store under test, but not how many there are, behind
   * the store's back. To be overridden by a backend whose capabilities list {@link
   * io.hicache.Feature#CHECKSUMS}; others may.
   *
   * @param key a page that is there, in the namespace of {@link #config}
   * @return whether it was done; false unless overridden
   * @throws Exception if it could not be done; fails the test
   */
  protected boolean corrupt(PageKey key) throws Exception {
    return false;
  }

  /**
   * Cuts a page in the store under test to the first half of its payload, behind the store's back.
   *
   * @param key a page that is there, in the namespace of {@link #config}
   * @return whether it was done; false unless overridden
   * @throws Exception if it could not be done; fails the test
   */
  protected boolean truncate(PageKey key) throws Exception {
    return false;
  }

  /** Returns the store that the running test works on, for tests of the author's own. */
  @Override
  public final StoreUnderTest tck() {
    return Objects.requireNonNull(tck, "there is a store only while a test runs");
  }

  /** Opens the store; JUnit's to call. */
  @BeforeEach
  public final void openStore() throws Exception {
    tck = new StoreUnderTest(this, config());
  }

  /** Checks the test's memory and closes the store; JUnit's to call. */
  @AfterEach
  public final void checkMemoryAndCloseStore() throws InterruptedException {
    if (tck != null) {
      tck.finish();
    }
  }

  /** Where the kit's own tests put a storage that is wrong above the guard. */
  HiCacheStorage guarded(HiCacheStorage storage) {
    return storage;
  }
}
