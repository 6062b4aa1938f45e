package io.hicache;

/** The kinds of call that statistics and observers tell apart. */
public enum Operation {
  /** Reading pages. */
  GET,
  /** Writing pages. */
  SET,
  /** Asking which pages are there. */
  PRESENT,
  /** Deleting pages. */
  DELETE,
  /** Asking for a page's length. */
  LENGTH,
  /** Asking the store to bring pages nearer. */
  WARM,
  /** Making memory known. */
  REGISTER,
  /** Removing all pages of the namespace. */
  CLEAR,
  /** Asking the store for its own report. */
  INSPECT
}
