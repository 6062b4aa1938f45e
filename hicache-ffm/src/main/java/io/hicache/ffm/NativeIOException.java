package io.hicache.ffm;

import java.io.IOException;
import java.io.Serial;
import java.util.Objects;

/** A system call that failed, with its error number. */
public final class NativeIOException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final int errno;

  /**
   * Makes the exception of a failed call.
   *
   * @param what the call and what it was made on
   * @param errno the number it left
   */
  public NativeIOException(String what, int errno) {
    super(what + ": " + Errno.describe(errno));
    this.errno = errno;
  }

  /** Returns the call, what it was made on, and how it ended; never null. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** Returns the error number, as {@link Errno} names some. */
  public int errno() {
    return errno;
  }
}
