package io.hicache;

import java.util.List;
import java.util.OptionalLong;

/**
 * A store of pages that moves bytes straight between itself and the caller's memory.
 *
 * <ul>
 *   <li><b>Bytes.</b> A page is what its {@linkplain Page#parts() parts} hold, in their order. It
 *       comes back whole and exact, or not at all: a read of another length or of altered bytes is
 *       {@link Outcome#MISMATCH}. Nothing outside a target ever changes, and a target whose page is
 *       {@link Outcome#ABSENT} or {@link Outcome#SKIPPED} keeps its bytes.
 *   <li><b>Ownership.</b> The caller owns every segment and keeps it alive during the call; it must
 *       not change a source meanwhile, and targets of one call must not overlap. A store touches a
 *       segment only between the start and the return of the call it was passed to: no thread,
 *       socket or device reads or writes it afterwards, not even after a failure, a timeout or an
 *       interrupt.
 *   <li><b>Threads.</b> All methods may be called from any number of threads, virtual ones too.
 *       Calls block; there is no other form.
 *   <li><b>Lifetime.</b> {@link #close} refuses new calls, waits for those in flight and closes
 *       every registration; later calls throw {@link IllegalStateException}. An interrupt aborts
 *       nothing that has begun: what has not is {@link Outcome#SKIPPED}, the interrupt flag is set
 *       again, and a call made with the flag set works as usual.
 *   <li><b>Failure.</b> A miss is a value. In a batch so is a fault of the store: each position has
 *       its {@link Outcome}, and the batch never throws for I/O. Single forms throw {@link
 *       HiCacheException} for a fault of the store. A caller's bug is an {@link
 *       IllegalArgumentException} or {@link IllegalStateException} that names the argument, the
 *       value and the rule; it is thrown before any I/O, and the store is unchanged.
 * </ul>
 *
 * <p>Keys are content hashes and pages immutable, so a write is put-if-absent unless {@link
 * CallOptions#overwrite()} is set; two writes of one key that race may both answer {@code DONE}.
 */
public interface HiCacheStorage extends HostPoolStorage, AutoCloseable {

  /**
   * Reads pages into the caller's memory. Keys may repeat where their targets differ.
   *
   * <p>When the deadline passes, nothing more is started, and at least one position is {@link
   * Outcome#FAILED_TIMEOUT}; {@link Capabilities#deadline()} says how memory is made quiet.
   *
   * @param targets the pages to read and where their bytes go
   * @param options what the call asks for beyond that
   * @return one outcome per target: {@code DONE}, {@code ABSENT}, {@code MISMATCH}, {@code FAILED}
   *     or {@code SKIPPED}
   */
  BatchResult batchGet(List<Page> targets, CallOptions options);

  /**
   * Writes pages from the caller's memory. Not atomic over the batch: each page is stored whole or
   * not at all, and pages stored before a fault stay.
   *
   * @param sources the pages to write; no key twice
   * @param options what the call asks for beyond that
   * @return one outcome per source: {@code DONE}, {@code KEPT}, {@code FAILED} or {@code SKIPPED}
   */
  BatchResult batchSet(List<Page> sources, CallOptions options);

  /**
   * Tells which keys a read would find, without moving their pages. An object shorter than its
   * format allows is not present where the store can tell cheaply.
   *
   * @param keys the keys; may repeat
   * @param options what the call asks for beyond that
   * @return one outcome per key: {@code DONE} (present), {@code ABSENT}, {@code FAILED} or {@code
   *     SKIPPED}
   */
  BatchResult batchPresent(List<PageKey> keys, CallOptions options);

  /**
   * Deletes pages.
   *
   * @param keys the keys; may repeat
   * @param options what the call asks for beyond that
   * @return one outcome per key: {@code DONE}, {@code ABSENT}, {@code FAILED} or {@code SKIPPED};
   *     {@code FAILED(refused)} throughout without {@link Feature#DELETES}
   */
  BatchResult batchDelete(List<PageKey> keys, CallOptions options);

  /**
   * Returns the bytes of a stored page; empty if absent, and without {@link Feature#TELLS_LENGTH}.
   *
   * @param key the page's key
   * @param options what the call asks for beyond that
   * @throws HiCacheException if the store failed
   */
  OptionalLong length(PageKey key, CallOptions options);

  /**
   * Makes memory known that later pages will be slices of, so that the store may pin it once. Other
   * pages work too, more slowly on some backends.
   *
   * @param region the memory; stays the caller's and must outlive the registration
   * @throws HiCacheException if the store could not register it
   */
  Registration register(Region region);

  /**
   * Removes every page of this namespace and nothing else; does nothing without {@link
   * Feature#CLEARS}.
   *
   * @throws HiCacheException if the store failed; some pages may then be gone
   */
  void clear();

  /**
   * Asks the store about itself; may block and look at every page.
   *
   * @throws HiCacheException if the store failed
   */
  StoreReport inspect();

  /** Returns what this process asked of the store so far. O(1), never blocks. */
  StorageStats stats();

  /** Returns what the store can and cannot do. */
  Capabilities capabilities();

  /**
   * Refuses new calls at once, waits for calls in flight, closes registrations, then gives up what
   * the store holds. Closing twice does nothing.
   *
   * @throws IllegalStateException if called from inside a call of this store
   * @throws HiCacheException {@link FaultKind#TIMEOUT} naming the call, if one is still in flight
   *     after {@link Capabilities#closeTimeout()}: its registrations stay open until it ends, the
   *     last call out gives up what the store holds, and closing again waits again. Any other kind
   *     if something would not be given up; all the rest was
   */
  @Override
  void close();

  /**
   * Reads one page.
   *
   * @param target the page and where its bytes go
   * @param options what the call asks for beyond that
   * @return {@code DONE}, {@code ABSENT}, {@code MISMATCH} or {@code SKIPPED}
   * @throws HiCacheException if the store failed
   */
  default Outcome get(Page target, CallOptions options) {
    return SingleForms.only(batchGet(List.of(target), options));
  }

  /**
   * Writes one page.
   *
   * @param source the page and its bytes
   * @param options what the call asks for beyond that
   * @return {@code DONE}, {@code KEPT} or {@code SKIPPED}
   * @throws HiCacheException if the store failed
   */
  default Outcome set(Page source, CallOptions options) {
    return SingleForms.only(batchSet(List.of(source), options));
  }

  /**
   * Tells whether a read would find a page.
   *
   * @param key the page's key
   * @param options what the call asks for beyond that
   * @throws HiCacheException if the store failed
   */
  default boolean exists(PageKey key, CallOptions options) {
    return SingleForms.only(batchPresent(List.of(key), options)) == Outcome.DONE;
  }

  /**
   * Deletes one page.
   *
   * @param key the page's key
   * @param options what the call asks for beyond that
   * @return {@code DONE}, {@code ABSENT} or {@code SKIPPED}
   * @throws HiCacheException if the store failed, or cannot delete
   */
  default Outcome delete(PageKey key, CallOptions options) {
    return SingleForms.only(batchDelete(List.of(key), options));
  }

  /**
   * Returns how many keys, counted from the first without a gap, are present. A failure ends the
   * run too; {@link #batchPresent} and {@link #stats} tell it from an absence.
   *
   * @param keys the keys in the order of their chain
   * @param options what the call asks for beyond that
   */
  default int batchExists(List<PageKey> keys, CallOptions options) {
    return batchPresent(keys, options).leadingDone();
  }

  /**
   * Asks the store to bring pages nearer, ahead of a read.
   *
   * @param keys the keys; may repeat
   * @param options what the call asks for beyond that
   * @return one outcome per key; {@code SKIPPED} throughout without {@link Feature#WARMS}
   */
  default BatchResult warm(List<PageKey> keys, CallOptions options) {
    return BatchResult.all(keys.size(), Outcome.SKIPPED);
  }

  /**
   * {@link #batchGet(List, CallOptions)} with {@link CallOptions#DEFAULT}.
   *
   * @param targets the pages to read and where their bytes go
   */
  default BatchResult batchGet(List<Page> targets) {
    return batchGet(targets, CallOptions.DEFAULT);
  }

  /**
   * {@link #batchSet(List, CallOptions)} with {@link CallOptions#DEFAULT}.
   *
   * @param sources the pages to write; no key twice
   */
  default BatchResult batchSet(List<Page> sources) {
    return batchSet(sources, CallOptions.DEFAULT);
  }

  /**
   * {@link #batchPresent(List, CallOptions)} with {@link CallOptions#DEFAULT}.
   *
   * @param keys the keys; may repeat
   */
  default BatchResult batchPresent(List<PageKey> keys) {
    return batchPresent(keys, CallOptions.DEFAULT);
  }

  /**
   * {@link #batchDelete(List, CallOptions)} with {@link CallOptions#DEFAULT}.
   *
   * @param keys the keys; may repeat
   */
  default BatchResult batchDelete(List<PageKey> keys) {
    return batchDelete(keys, CallOptions.DEFAULT);
  }

  /**
   * {@link #length(PageKey, CallOptions)} with {@link CallOptions#DEFAULT}.
   *
   * @param key the page's key
   */
  default OptionalLong length(PageKey key) {
    return length(key, CallOptions.DEFAULT);
  }

  /**
   * {@link #get(Page, CallOptions)} with {@link CallOptions#DEFAULT}.
   *
   * @param target the page and where its bytes go
   */
  default Outcome get(Page target) {
    return get(target, CallOptions.DEFAULT);
  }

  /**
   * {@link #set(Page, CallOptions)} with {@link CallOptions#DEFAULT}.
   *
   * @param source the page and its bytes
   */
  default Outcome set(Page source) {
    return set(source, CallOptions.DEFAULT);
  }

  /**
   * {@link #exists(PageKey, CallOptions)} with {@link CallOptions#DEFAULT}.
   *
   * @param key the page's key
   */
  default boolean exists(PageKey key) {
    return exists(key, CallOptions.DEFAULT);
  }

  /**
   * {@link #delete(PageKey, CallOptions)} with {@link CallOptions#DEFAULT}.
   *
   * @param key the page's key
   */
  default Outcome delete(PageKey key) {
    return delete(key, CallOptions.DEFAULT);
  }

  /**
   * {@link #batchExists(List, CallOptions)} with {@link CallOptions#DEFAULT}.
   *
   * @param keys the keys in the order of their chain
   */
  default int batchExists(List<PageKey> keys) {
    return batchExists(keys, CallOptions.DEFAULT);
  }

  /**
   * {@link #warm(List, CallOptions)} with {@link CallOptions#DEFAULT}.
   *
   * @param keys the keys; may repeat
   */
  default BatchResult warm(List<PageKey> keys) {
    return warm(keys, CallOptions.DEFAULT);
  }
}
