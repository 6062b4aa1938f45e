package io.hicache;

/**
 * How a backend makes the caller's memory quiet when a deadline passes. In every mode a call
 * returns only when nothing can touch that memory any more; the modes differ in how late that may
 * be.
 */
public enum DeadlineMode {
  /** What has begun is waited for, however long it takes; nothing more is started. */
  NONE,
  /** Work goes on in the library's own buffers, which are abandoned; the call returns on time. */
  STAGING,
  /** The connection is closed; the call returns when its own system call has. */
  SOCKET_CLOSE,
  /** The request is cut off from the memory; the call returns on time. */
  DETACH,
  /** The backend copies every page, so memory is always quiet; the call returns on time. */
  COPIES
}
