package io.hicache.resp;

import io.hicache.CallOptions;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PoolName;
import java.util.List;
import java.util.function.LongConsumer;

/** What is said to the server about pages, in the form in which they lie there. Thread-safe. */
interface PageTalks {
  /** Questions that carry no page: as many ahead of their answers as two round trips may hold. */
  int SHORT_QUESTIONS = 4096;

  /** Returns what is said about pages of some names. */
  PageTalks named(PageNames names);

  /** Fills targets. */
  Calls.Talk read(List<Page> targets);

  /** Writes sources. */
  Calls.Talk write(List<Page> sources, CallOptions options);

  /** Looks whether pages are there. */
  Calls.Talk present(List<PageKey> keys);

  /** Removes pages. */
  Calls.Talk delete(List<PageKey> keys);

  /** Looks how long a page is; 0 if it is not there. */
  Calls.Talk length(PageKey key, LongConsumer found);

  /** Takes down how many bytes the pages of a pool have, each of them. */
  void expect(PoolName pool, long bytes);
}
