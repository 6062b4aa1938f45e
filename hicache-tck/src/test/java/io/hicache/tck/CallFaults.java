package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Region;
import io.hicache.Registration;
import io.hicache.StorageConfig;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Guards that let a caller's bug pass, or tell of it in a way that does not help. */
final class CallFaults {
  private static final String TWICE = "batchSet_ofOneKeyTwice_isRefusedWhole";

  private CallFaults() {}

  static List<Fault> ofArguments() {
    return List.of(
        Fault.before(
            "answers a caller's bug with a miss",
            MissesInsteadOfRefusing::new,
            "readOnlyTarget_isRefused",
            "confinedTarget_isRefused",
            "overlappingTargets_areRefused",
            "overlappingPartsOfOneTarget_areRefused",
            "memoryOfAClosedArena_isRefused"),
        Fault.before(
            "works on the memory of another thread",
            KeepsSilentOnSources::new,
            "confinedSource_isRefused",
            "memoryOfAClosedArena_isRefused",
            "devicePart_isRefusedWithoutTheCapability"),
        Fault.before("stores the first of two equal keys", TakesTheFirst::new, TWICE),
        Fault.before(
            "stores what it can before it refuses",
            StoresUntilRefused::new,
            TWICE,
            "batchWithANull_isRefusedWhole"),
        Fault.before(
            "does not say what is wrong with a region",
            SaysNothing::new,
            "confinedRegion_isRefused"));
  }

  static List<Fault> ofOptions() {
    return List.of(
        accepting(
            "takes options that it does not know",
            config -> without(config, "no-such-option"),
            "unknownOption_isRefusedByName"),
        accepting(
            "takes a namespace's name for what it may mean",
            config ->
                config.options().containsValue("../escaped")
                    ? without(config, "namespace")
                    : config,
            "namespaceThatCouldEscape_isRefused"));
  }

  private static Fault accepting(
      String name, UnaryOperator<StorageConfig> accepted, String... rules) {
    return new Fault.Named(name, Set.of(rules)) {
      @Override
      public StorageConfig accepted(StorageConfig config) {
        return accepted.apply(config);
      }
    };
  }

  private static StorageConfig without(StorageConfig config, String option) {
    Map<String, String> options = new HashMap<>(config.options());
    options.remove(option);
    return new StorageConfig(config.model(), config.ranks(), options, config.attachments());
  }

  private static final class MissesInsteadOfRefusing extends Forwarding {
    MissesInsteadOfRefusing(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      try {
        return super.batchGet(targets, options);
      } catch (IllegalArgumentException e) {
        return BatchResult.all(targets.size(), ABSENT);
      }
    }
  }

  private static final class KeepsSilentOnSources extends Forwarding {
    KeepsSilentOnSources(HiCacheStorage right) {
      super(right);
    }

    @Override
    public Outcome set(Page source, CallOptions options) {
      try {
        return super.set(source, options);
      } catch (IllegalArgumentException e) {
        return Outcome.SKIPPED;
      }
    }
  }

  private static final class TakesTheFirst extends Forwarding {
    TakesTheFirst(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      Set<PageKey> seen = new HashSet<>();
      return super.batchSet(
          sources.stream().filter(page -> page == null || seen.add(page.key())).toList(), options);
    }
  }

  private static final class StoresUntilRefused extends Forwarding {
    StoresUntilRefused(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      if (sources.size() > 1) {
        super.batchSet(sources.subList(0, 1), options);
      }
      return super.batchSet(sources, options);
    }
  }

  private static final class SaysNothing extends Forwarding {
    SaysNothing(HiCacheStorage right) {
      super(right);
    }

    @Override
    public Registration register(Region region) {
      try {
        return super.register(region);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("bad region", e);
      }
    }
  }
}
