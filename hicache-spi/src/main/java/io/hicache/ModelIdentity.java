package io.hicache;

import io.hicache.spi.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What decides the bytes of a model's pages, apart from the rank. Two servers may share pages only
 * if all of it is equal; the library's own naming therefore wants the model's name and the element
 * type, and keeps all of it in the store.
 *
 * @param name the served model's name; a naming of SGLang's does without
 * @param revision the revision of the weights, or anything that tells two sets of weights apart
 * @param dtype the type of the cached elements, as in {@code bfloat16} or {@code float8_e4m3fn}
 * @param pageTokens how many tokens a page covers; at least 1
 * @param layout the order of a page's bytes
 * @param mla whether keys and values are the same on every tensor-parallel rank, as in multi-head
 *     latent attention
 */
public record ModelIdentity(
    Optional<String> name,
    Optional<String> revision,
    Optional<String> dtype,
    int pageTokens,
    PageLayout layout,
    boolean mla) {

  /** Most characters in a name, a revision or an element type. */
  public static final int MAX_TEXT = 1024;

  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException if the page covers no token or a text is over {@value
   *     #MAX_TEXT} characters
   */
  public ModelIdentity {
    if (pageTokens < 1) {
      throw new IllegalArgumentException("page tokens " + pageTokens + ": must be at least 1");
    }
    name.ifPresent(text -> check("model name", text));
    revision.ifPresent(text -> check("revision", text));
    dtype.ifPresent(text -> check("dtype", text));
  }

  private static void check(String what, String text) {
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "%s %s: must be at most %d characters".formatted(what, Quoted.of(text), MAX_TEXT));
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          "%s %s: must be well-formed, without half a surrogate pair"
              .formatted(what, Quoted.of(text)));
    }
  }
}
