package io.hicache.codec;

import io.hicache.Part;
import java.util.List;

/**
 * A page as it is to be stored: header and body, one after another.
 *
 * <p><b>Ownership.</b> The first part is the workspace's; the others are the workspace's too, or
 * the page's own where it is stored as it is, so that nothing was copied. <b>Lifetime.</b> Until
 * the workspace is used again or closed, and no longer than the page's own memory.
 *
 * @param parts what to write, in this order
 * @param bytes their sum
 * @param compression what was done; {@link Compression#OFF} also where trying did not pay
 * @param encryption what was done
 */
public record Encoded(
    List<Part> parts, long bytes, Compression compression, Encryption encryption) {

  /** Copies the list. */
  public Encoded {
    parts = List.copyOf(parts);
  }
}
