package io.hicache.codec;

import java.util.Optional;
import javax.crypto.SecretKey;

/** One key and its id. No record: its text would show the key. */
final class SingleKey implements EncryptionKeys {
  private final String id;
  private final SecretKey key;

  /**
   * Keeps a key.
   *
   * @throws IllegalArgumentException if the id is none
   */
  SingleKey(String id, SecretKey key) {
    this.id = checkedId(id);
    this.key = key;
  }

  /**
   * Returns an id that is one. The message leaves it out: it may be a key, given by mistake.
   *
   * @throws IllegalArgumentException if it is not of the form that {@link EncryptionKeys} tells
   */
  static String checkedId(String id) {
    boolean legal =
        !id.isEmpty()
            && id.length() <= MAX_ID_LENGTH
            && id.chars().allMatch(c -> c >= 0x21 && c <= 0x7e);
    if (!legal) {
      throw new IllegalArgumentException(
          "key id of %d characters: must be 1 to %d characters 0x21 to 0x7E"
              .formatted(id.length(), MAX_ID_LENGTH));
    }
    return id;
  }

  @Override
  public String current() {
    return id;
  }

  @Override
  public Optional<SecretKey> find(String asked) {
    return asked.equals(id) ? Optional.of(key) : Optional.empty();
  }

  /** Returns the id alone. */
  @Override
  public String toString() {
    return "EncryptionKeys[" + id + "]";
  }
}
