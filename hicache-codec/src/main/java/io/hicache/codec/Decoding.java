package io.hicache.codec;

/** How the decoding of a stored page ended. Where it is not {@link #DONE}, it is no page. */
public enum Decoding {
  /** The target holds the page. */
  DONE,
  /** It is in order as far as its header tells, but of another length than the target. */
  OTHER_LENGTH,
  /**
   * It is of a newer release, or of an algorithm whose library is not here. It may be whole: leave
   * it.
   */
  UNREADABLE,
  /** It is encrypted under a key that is not known here. It may be whole: leave it. */
  LOCKED,
  /**
   * It is not encrypted, though this codec's pages are: written before encryption was chosen, or
   * put there by somebody without the key. It is not trusted.
   */
  UNSEALED,
  /**
   * It is not what its header says: garbled, cut, of another page, or encrypted under another key
   * of the same id.
   */
  DAMAGED
}
