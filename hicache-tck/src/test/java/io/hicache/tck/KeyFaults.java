package io.hicache.tck;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.Page;
import io.hicache.PageKey;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Storages that take two keys for one. */
final class KeyFaults {
  private static final String ESCAPED = "keys_thatLookEscaped_areNotWhatTheyStandFor";
  private static final String LIKE_A_POOL = "key_thatReadsLikeAPool_isNotThatPool";

  private KeyFaults() {}

  static List<Fault> all() {
    return List.of(
        taking(
            "ignores the pool",
            key -> new PageKey(key.value()),
            "key_inAnotherPool_isAnotherPage",
            LIKE_A_POOL),
        taking("joins value and pool", key -> new PageKey(key.toString()), LIKE_A_POOL),
        taking(
            "ignores case",
            key -> new PageKey(key.value().toLowerCase(Locale.ROOT), key.pool()),
            "keys_thatDifferInCaseAlone_areTwoPages",
            "keys_ofEachLegalCharacter_areOnePageEach",
            ESCAPED),
        taking(
            "cuts keys at 255 characters",
            key -> new PageKey(cut(key.value()), key.pool()),
            "keys_of512CharactersThatDifferInOne_areTwoPages"),
        taking(
            "takes an escape for what it stands for",
            key -> new PageKey(key.value().replace("%41", "A"), key.pool()),
            ESCAPED),
        taking(
            "takes a dot at the end for none",
            key -> new PageKey(key.value().replaceAll("(?<=.)\\.$", ""), key.pool()),
            "keys_withDotsAtTheirEnds_areThatManyPages"));
  }

  private static String cut(String value) {
    return value.substring(0, Math.min(value.length(), 255));
  }

  private static Fault taking(String name, UnaryOperator<PageKey> wrong, String... rules) {
    return Fault.behind(name, right -> new Renaming(right, wrong), rules);
  }

  /** Gives the right storage other keys than it was asked for. */
  private static final class Renaming extends Forwarding {
    private final UnaryOperator<PageKey> wrong;

    Renaming(HiCacheStorage right, UnaryOperator<PageKey> wrong) {
      super(right);
      this.wrong = wrong;
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      return super.batchGet(renamed(targets), options);
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      return super.batchSet(renamed(sources), options);
    }

    @Override
    public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
      return super.batchPresent(keys.stream().map(wrong).toList(), options);
    }

    @Override
    public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
      return super.batchDelete(keys.stream().map(wrong).toList(), options);
    }

    @Override
    public OptionalLong length(PageKey key, CallOptions options) {
      return super.length(wrong.apply(key), options);
    }

    private List<Page> renamed(List<Page> pages) {
      return pages.stream().map(page -> new Page(wrong.apply(page.key()), page.parts())).toList();
    }
  }
}
