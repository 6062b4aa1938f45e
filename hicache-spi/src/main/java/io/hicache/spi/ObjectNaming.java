package io.hicache.spi;

import io.hicache.PageKey;
import io.hicache.RankCoordinates;
import java.util.List;

/**
 * From pages to a store's objects: what a page's parts are called there. The backend alone applies
 * it. Injective: no two keys, pools or ranks that may hold different bytes share a name.
 * Thread-safe.
 */
@FunctionalInterface
public interface ObjectNaming {

  /**
   * Returns the objects that make up a page, in the order they are written; the last makes the page
   * present, and the worst of their outcomes is the page's.
   *
   * @param key the page
   * @param coordinates the rank whose page it is
   * @param tag what the page's objects share so that a store keeps them together; empty for none
   */
  List<StoredObject> objects(PageKey key, RankCoordinates coordinates, String tag);
}
