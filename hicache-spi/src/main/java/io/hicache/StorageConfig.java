package io.hicache;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What to open: whose pages, from which rank, with which options. Immutable; the {@code with}
 * methods return changed copies.
 *
 * {@snippet :
 * StorageConfig config =
 *     StorageConfig.of("meta-llama/Llama-3.1-8B-Instruct", "bfloat16", 64)
 *         .withRanks(RankCoordinates.SINGLE.withTp(0, 2))
 *         .withOption("dir", "/var/cache/hicache");
 * }
 *
 * @param model whose pages
 * @param ranks which part of them this process holds
 * @param options the backend's options by name, {@code _} and {@code -} alike; what a backend
 *     accepts is in its documentation and in {@code hicache doctor}
 * @param attachments what is not text, by its type: a {@link StorageObserver}, suppliers of
 *     credentials and keys
 */
public record StorageConfig(
    ModelIdentity model,
    RankCoordinates ranks,
    Map<String, String> options,
    Map<Class<?>, Object> attachments) {

  /**
   * Copies the maps.
   *
   * @throws IllegalArgumentException if an attachment is not of the type it is filed under
   */
  public StorageConfig {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(ranks, "ranks");
    options = Map.copyOf(options);
    attachments = Map.copyOf(attachments);
    attachments.forEach(StorageConfig::checkType);
  }

  /**
   * Makes the configuration of a model served by one process, pages in {@link
   * PageLayout#LAYER_FIRST} order.
   *
   * @param modelName the served model's name
   * @param dtype the type of the cached elements, as in {@code bfloat16}
   * @param pageTokens how many tokens a page covers
   */
  public static StorageConfig of(String modelName, String dtype, int pageTokens) {
    ModelIdentity model =
        new ModelIdentity(
            Optional.of(modelName),
            Optional.empty(),
            Optional.of(dtype),
            pageTokens,
            PageLayout.LAYER_FIRST,
            false);
    return new StorageConfig(model, RankCoordinates.SINGLE, Map.of(), Map.of());
  }

  /**
   * Returns this configuration for another model.
   *
   * @param other whose pages
   */
  public StorageConfig withModel(ModelIdentity other) {
    return new StorageConfig(other, ranks, options, attachments);
  }

  /**
   * Returns this configuration with the weights' revision.
   *
   * @param revision anything that tells two sets of weights apart
   */
  public StorageConfig withRevision(String revision) {
    return withModel(
        new ModelIdentity(
            model.name(),
            Optional.of(revision),
            model.dtype(),
            model.pageTokens(),
            model.layout(),
            model.mla()));
  }

  /**
   * Returns this configuration with another order of a page's bytes.
   *
   * @param layout the order
   */
  public StorageConfig withLayout(PageLayout layout) {
    return withModel(
        new ModelIdentity(
            model.name(),
            model.revision(),
            model.dtype(),
            model.pageTokens(),
            layout,
            model.mla()));
  }

  /**
   * Returns this configuration with keys and values alike on every tensor-parallel rank, or not.
   *
   * @param mla whether they are
   */
  public StorageConfig withMla(boolean mla) {
    return withModel(
        new ModelIdentity(
            model.name(),
            model.revision(),
            model.dtype(),
            model.pageTokens(),
            model.layout(),
            mla));
  }

  /**
   * Returns this configuration for another rank.
   *
   * @param other where this process stands
   */
  public StorageConfig withRanks(RankCoordinates other) {
    return new StorageConfig(model, other, options, attachments);
  }

  /**
   * Returns this configuration with one option set.
   *
   * @param name the option's name
   * @param value its value as text, units included
   */
  public StorageConfig withOption(String name, String value) {
    Map<String, String> more = new HashMap<>(options);
    more.put(name, value);
    return new StorageConfig(model, ranks, more, attachments);
  }

  /**
   * Returns this configuration with one attachment.
   *
   * @param type the type it is looked up by
   * @param attachment the attachment
   * @param <T> the type
   */
  public <T> StorageConfig with(Class<T> type, T attachment) {
    Map<Class<?>, Object> more = new HashMap<>(attachments);
    more.put(type, attachment);
    return new StorageConfig(model, ranks, options, more);
  }

  /**
   * Returns the attachment of a type, if there is one.
   *
   * @param type the type it was filed under
   * @param <T> the type
   */
  public <T> Optional<T> attachment(Class<T> type) {
    return Optional.ofNullable(attachments.get(type)).map(type::cast);
  }

  /** Returns the configuration without the options' values, which may be secrets. */
  @Override
  public String toString() {
    return "StorageConfig[model=%s, ranks=%s, options=%s, attachments=%s]"
        .formatted(model, ranks, new TreeSet<>(options.keySet()), attachments.keySet());
  }

  private static void checkType(Class<?> type, Object attachment) {
    if (!type.isInstance(attachment)) {
      throw new IllegalArgumentException(
          "attachment %s: must be a %s".formatted(attachment.getClass().getName(), type.getName()));
    }
  }
}
