package io.hicache.resp;

import io.hicache.PageKey;
import io.hicache.PoolName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which lengths of values are pages, as far as it is known. Thread-safe. */
final class ValueLengths {
  private final Map<PoolName, Long> expected = new ConcurrentHashMap<>();
  private final int recordBytes;

  /**
   * Makes them.
   *
   * @param recordBytes how many bytes of a value are not the page's
   */
  ValueLengths(int recordBytes) {
    this.recordBytes = recordBytes;
  }

  /** Takes down how many bytes the pages of a pool have, each of them. */
  void expect(PoolName pool, long bytes) {
    expected.put(pool, bytes);
  }

  /** Tells whether a value of some length can be a page. */
  boolean isPage(PageKey key, long length) {
    long payload = length - recordBytes;
    Long exactly = expected.get(key.pool());
    return payload > 0 && (exactly == null || exactly == payload);
  }
}
