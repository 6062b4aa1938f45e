package io.hicache;

/** Who goes first when a store's lanes are full; in falling order. */
public enum Priority {
  /** A question a scheduler waits for: presence, length. The default of presence. */
  PEEK,
  /** A read ahead of need that a request will soon wait for. */
  PREFETCH,
  /** A read. The default of reads. */
  GET,
  /** A write-back nobody waits for. The default of writes and deletes. */
  PUT
}
