package io.hicache.codec;

import java.util.Objects;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Where a codec gets its keys: attach one to the configuration, {@code
 * config.with(EncryptionKeys.class, keys)}.
 *
 * <p><b>Bytes.</b> A key is of 256 bits, for AES. An id is 1 to {@value #MAX_ID_LENGTH} characters
 * 0x21–0x7E; it stands in the header of every page in clear. <b>Ownership.</b> Keys stay the
 * caller's; a workspace keeps what it needs to use the last one again until it is closed.
 * <b>Threads.</b> Both methods are called by every thread that moves pages, once a page: answer
 * from memory. <b>Lifetime.</b> As long as the storage is open. To change keys, let {@link
 * #current()} answer with a new id, and {@link #find} know the old one while pages of it are
 * wanted. <b>Failure.</b> What either throws fails the page as the store's fault; only its type is
 * told, since its message may hold a secret.
 */
public interface EncryptionKeys {
  /** Most characters in an id. */
  int MAX_ID_LENGTH = 32;

  /** Returns the id of the key under which pages are written now. */
  String current();

  /**
   * Returns the key of an id; empty if it is not known here.
   *
   * @param id an id that {@link #current()} gave, or one found in the store: do not trust it
   */
  Optional<SecretKey> find(String id);

  /**
   * Makes the source of one key.
   *
   * @param id its id
   * @param key the key
   */
  static EncryptionKeys of(String id, SecretKey key) {
    return new SingleKey(id, Objects.requireNonNull(key, "key"));
  }
}
