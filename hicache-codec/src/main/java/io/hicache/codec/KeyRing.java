package io.hicache.codec;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.SecretKey;

/** A source of keys, asked with care: whatever it throws or gives becomes the store's fault. */
final class KeyRing {
  /** A key and its id. No record: its text would show the key. */
  static final class Entry {
    private final String id;
    private final SecretKey key;

    private Entry(String id, SecretKey key) {
      this.id = id;
      this.key = key;
    }

    String id() {
      return id;
    }

    SecretKey key() {
      return key;
    }
  }

  private final EncryptionKeys source;

  /** Asks a source. */
  KeyRing(EncryptionKeys source) {
    this.source = source;
  }

  /**
   * Returns the key to write with.
   *
   * @throws HiCacheException if there is none
   */
  Entry current() {
    String id;
    try {
      id = SingleKey.checkedId(ask(source::current));
    } catch (IllegalArgumentException e) {
      throw new HiCacheException(FaultKind.REFUSED, "current " + e.getMessage());
    }
    SecretKey key =
        find(id)
            .orElseThrow(() ->
                new HiCacheException(
                    FaultKind.REFUSED, "key " + id + ": is the current one, but is not known"));
    return new Entry(id, key);
  }

  /** Returns the key of an id, if it is known. */
  Optional<SecretKey> find(String id) {
    return ask(() -> source.find(id));
  }

  /** Without the cause: nobody can tell what its message holds. */
  private static <T> T ask(Supplier<T> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      throw new HiCacheException(
          FaultKind.UNAVAILABLE, "the source of keys failed: " + e.getClass().getName());
    }
  }
}
