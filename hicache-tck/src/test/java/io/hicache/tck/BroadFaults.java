package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import java.util.List;

/** Storages so wrong that they fail most rules: they show that a rule can fail at all. */
final class BroadFaults {
  private BroadFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.behind("has nothing", right -> new Alike(right, ABSENT)),
        Fault.behind("says yes to everything", right -> new Alike(right, DONE)),
        Fault.before("answers for one that nobody asked", AnswersOneMore::new));
  }

  /** Does nothing, and answers every read and question alike. */
  private static final class Alike extends Forwarding {
    private final Outcome answer;

    Alike(HiCacheStorage right, Outcome answer) {
      super(right);
      this.answer = answer;
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      return BatchResult.all(targets.size(), answer);
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      return BatchResult.all(sources.size(), DONE);
    }

    @Override
    public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
      return BatchResult.all(keys.size(), answer);
    }

    @Override
    public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
      return BatchResult.all(keys.size(), answer);
    }
  }

  private static final class AnswersOneMore extends Forwarding {
    AnswersOneMore(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      super.batchGet(targets, options);
      return BatchResult.all(targets.size() + 1, DONE);
    }

    @Override
    public int batchExists(List<PageKey> keys, CallOptions options) {
      return super.batchExists(keys, options) + 1;
    }
  }
}
