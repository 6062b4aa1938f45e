package io.hicache;

/**
 * Memory made known to a store until closed, so that the store may pin it once instead of once per
 * call.
 *
 * <p><b>Ownership.</b> The memory stays the caller's and must outlive the registration. Regions may
 * be nested or registered twice; each handle counts. <b>Lifetime.</b> {@link #close} waits for the
 * calls that use the memory, then gives it up once; closing twice does nothing; closing the storage
 * closes what is left. <b>Threads.</b> Thread-safe; not to be closed from inside a call.
 */
public interface Registration extends AutoCloseable {

  /** Returns the memory. */
  Region region();

  /**
   * Gives the memory up, after the calls that use it.
   *
   * @throws IllegalStateException if called from inside a call of the same storage
   * @throws HiCacheException if the store failed to let go
   */
  @Override
  void close();
}
