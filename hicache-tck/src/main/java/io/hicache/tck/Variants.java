package io.hicache.tck;

import io.hicache.ModelIdentity;
import io.hicache.StorageConfig;
import java.util.Optional;

/** Configurations that differ from the author's in one field of their identity. */
final class Variants {
  private Variants() {}

  static StorageConfig revision(StorageConfig config) {
    return config.withRevision(config.model().revision().orElse("") + "tck-other");
  }

  static StorageConfig name(StorageConfig config) {
    ModelIdentity model = config.model();
    return config.withModel(
        new ModelIdentity(
            Optional.of(model.name().orElse("") + "-tck-other"),
            model.revision(),
            model.dtype(),
            model.pageTokens(),
            model.layout(),
            model.mla()));
  }

  static StorageConfig dtype(StorageConfig config) {
    ModelIdentity model = config.model();
    String other = model.dtype().equals(Optional.of("float16")) ? "bfloat16" : "float16";
    return config.withModel(
        new ModelIdentity(
            model.name(),
            model.revision(),
            Optional.of(other),
            model.pageTokens(),
            model.layout(),
            model.mla()));
  }

  static StorageConfig pageTokens(StorageConfig config) {
    ModelIdentity model = config.model();
    return config.withModel(
        new ModelIdentity(
            model.name(),
            model.revision(),
            model.dtype(),
            model.pageTokens() + 1,
            model.layout(),
            model.mla()));
  }
}
