package io.hicache.file.engine;

import io.hicache.HiCacheException;
import io.hicache.PageKey;
import java.util.List;

/** Where a store's pages lie: what each is called, and how all are found. Thread-safe. */
interface PageDirectory extends PageWriter.Restorer, PageWalk.Places {

  /** Returns what tells this store's pages from others in the same place, for people. */
  String id();

  /** Returns the files. */
  PageTree tree();

  /**
   * Returns what a page is called: one file, or one for each of its head groups, which divide its
   * bytes equally and stand in their order.
   *
   * @throws HiCacheException if it has no name here, and so can never be there
   */
  List<PageName> names(PageKey key);

  /** Tells whether pages are kept by head groups, so that tensor-parallel sizes share them. */
  boolean keepsHeadGroups();

  /** Tells whether content can be checked here. */
  boolean canCheck();

  /** Tells whether a file of this name is a page of this store. */
  boolean isPage(String file);
}
