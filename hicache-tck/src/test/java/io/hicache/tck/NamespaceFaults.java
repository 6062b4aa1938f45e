package io.hicache.tck;

import io.hicache.ModelIdentity;
import io.hicache.PageLayout;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Storages that take different pages for the same, or the same for different. */
final class NamespaceFaults {
  private static final Optional<String> ANY = Optional.of("any");
  private static final String SHARED = "pages_ofLatentAttention_areSharedByTensorRanks";

  private NamespaceFaults() {}

  static List<Fault> ofModels() {
    return List.of(
        model(
            "ignores the model's name",
            m -> with(ANY, m.revision(), m.dtype(), m.pageTokens(), m),
            "pages_ofAnotherModel_areNotSeen"),
        model(
            "ignores the revision",
            m -> with(m.name(), ANY, m.dtype(), m.pageTokens(), m),
            "pages_ofAnotherRevision_areNotSeen"),
        model(
            "ignores the element type",
            m -> with(m.name(), m.revision(), ANY, m.pageTokens(), m),
            "pages_ofAnotherElementType_areNotSeen"),
        model(
            "ignores the page size",
            m -> with(m.name(), m.revision(), m.dtype(), 1, m),
            "pages_ofAnotherPageSize_areNotSeen"),
        identity(
            "ignores the layout",
            config -> config.withLayout(PageLayout.PAGE_HEAD),
            "pages_ofAnotherLayout_areNotSeen"));
  }

  static List<Fault> ofLatentAttention() {
    return List.of(
        identity(
            "takes latent attention for any other",
            config -> config.withMla(false),
            "pages_ofLatentAttention_areNotSeenByOthers",
            SHARED),
        identity(
            "keeps latent attention apart by rank",
            config ->
                config.model().mla() ? config.withRevision("" + config.ranks().tpRank()) : config,
            SHARED));
  }

  static List<Fault> ofRanks() {
    return List.of(
        ranks(
            "ignores the tensor rank",
            ranks -> ranks.withTp(0, ranks.tpSize()),
            "pages_ofAnotherTensorRank_areNotSeen"),
        ranks(
            "ignores the tensor size",
            ranks -> ranks.tpRank() == 0 ? ranks.withTp(0, 1) : ranks,
            "pages_ofAnotherTensorSize_areNotSeen"),
        ranks(
            "ignores the pipeline rank",
            ranks -> ranks.withPp(0, 1),
            "pages_ofAnotherPipelineRank_areNotSeen"),
        ranks(
            "ignores the context rank",
            ranks -> ranks.withCp(0, 1),
            "pages_ofAnotherContextRank_areNotSeen"),
        ranks(
            "ignores the decode context rank",
            ranks -> ranks.withDcp(0, 1),
            "pages_ofAnotherDecodeContextRank_areNotSeen"));
  }

  private static ModelIdentity with(
      Optional<String> name,
      Optional<String> revision,
      Optional<String> dtype,
      int pageTokens,
      ModelIdentity rest) {
    return new ModelIdentity(name, revision, dtype, pageTokens, rest.layout(), rest.mla());
  }

  private static Fault model(String name, UnaryOperator<ModelIdentity> taken, String... rules) {
    return identity(name, config -> config.withModel(taken.apply(config.model())), rules);
  }

  private static Fault ranks(String name, UnaryOperator<RankCoordinates> taken, String... rules) {
    return identity(name, config -> config.withRanks(taken.apply(config.ranks())), rules);
  }

  private static Fault identity(String name, UnaryOperator<StorageConfig> taken, String... rules) {
    return new Fault.Named(name, Set.of(rules)) {
      @Override
      public StorageConfig identity(StorageConfig config) {
        return taken.apply(config);
      }
    };
  }
}
