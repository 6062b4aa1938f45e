package io.hicache.cli;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.hicache.PageKey;
import io.hicache.hash.PageHasher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A prompt as an inference engine sees it.
 *
 * @param tokens how many tokens it has
 * @param keys its full pages, named by the chain of page hashes; what is left over has no page
 */
record DemoPrompt(int tokens, List<PageKey> keys) {

  /**
   * Cuts turns of a conversation into tokens, each turn by itself as chat templates do, and the
   * tokens into pages.
   *
   * @throws IllegalArgumentException if they do not fill one page
   */
  static DemoPrompt of(String... turns) {
    Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    int[] tokens =
        Arrays.stream(turns)
            .flatMapToInt(turn -> IntStream.of(encoding.encodeOrdinary(turn).toArray()))
            .toArray();
    if (tokens.length < DemoModel.PAGE_TOKENS) {
      throw new IllegalArgumentException(
          "--text of %d tokens: must fill a page of %d"
              .formatted(tokens.length, DemoModel.PAGE_TOKENS));
    }
    return new DemoPrompt(tokens.length, PageHasher.of(DemoModel.PAGE_TOKENS).keys(tokens));
  }

  /** Returns the text of a user's file, or else the one that comes with the command. */
  static String text(Optional<Path> file) throws IOException {
    if (file.isEmpty()) {
      return resource("demo-prompt.txt");
    }
    try {
      return Files.readString(file.get());
    } catch (MalformedInputException e) {
      throw new IOException("file " + file.get() + ": must be text in UTF-8", e);
    }
  }

  /** Returns the question that the second process gets besides. */
  static String followUp() throws IOException {
    return resource("demo-follow-up.txt");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(DemoPrompt.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
