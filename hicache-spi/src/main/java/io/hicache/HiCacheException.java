package io.hicache;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the store, never of the caller: those are {@link IllegalArgumentException} and {@link
 * IllegalStateException}.
 *
 * <p>The message names the backend, the key or address, and what would help. It holds no secret and
 * no byte of a page.
 */
public final class HiCacheException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final FaultKind kind;

  /**
   * Makes a fault.
   *
   * @param kind what kind of fault
   * @param message what was tried, on what, and how it ended
   */
  public HiCacheException(FaultKind kind, String message) {
    this(kind, message, null);
  }

  /**
   * Makes a fault that another exception caused.
   *
   * @param kind what kind of fault
   * @param message what was tried, on what, and how it ended
   * @param cause the exception behind it, if any
   */
  public HiCacheException(FaultKind kind, String message, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  /** Returns the kind of fault. */
  public FaultKind kind() {
    return kind;
  }

  /** Returns what was tried, on what, and how it ended; never null. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
