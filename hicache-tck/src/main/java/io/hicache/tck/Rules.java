package io.hicache.tck;

/** One group of rules; {@link HiCacheStorageTck} is all of them. */
interface Rules {
  /** Returns the store that the running test works on. */
  StoreUnderTest tck();
}
