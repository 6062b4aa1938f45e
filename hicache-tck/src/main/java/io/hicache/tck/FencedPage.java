package io.hicache.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.hicache.HostPart;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import io.hicache.Region;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page whose every part lies between fences: bytes that no store may touch.
 *
 * <p>Once a test has said what the page holds, by filling it or by asserting it, the page must hold
 * that until the test is over; {@link #release} takes the word back before the memory is used for
 * another read. <b>Threads.</b> For one thread at a time.
 */
public final class FencedPage {
  /** What a target holds before a read. */
  static final Content UNTOUCHED = new Content(0x0ddba11);

  private final Page page;
  private final MemorySegment slab;
  private final MemorySegment fence;
  private final List<MemorySegment> parts = new ArrayList<>();
  private @Nullable Content expected;

  /** Cuts the page out of a slab that has room for a fence before, between and after the parts. */
  FencedPage(PageKey key, MemorySegment slab, MemorySegment fence, int[] partBytes) {
    this.slab = slab;
    this.fence = fence;
    long offset = fence.byteSize();
    for (int bytes : partBytes) {
      parts.add(slab.asSlice(offset, bytes));
      offset += bytes + fence.byteSize();
    }
    List<Part> asParts = new ArrayList<>();
    parts.forEach(part -> asParts.add(new HostPart(part)));
    this.page = new Page(key, asParts);
    raiseFences();
  }

  /** Returns the page, as a call takes it. */
  public Page page() {
    return page;
  }

  /** Returns the page's key. */
  public PageKey key() {
    return page.key();
  }

  /** Returns the memory of the page and its fences, to be registered. */
  public Region region() {
    return Region.of(slab);
  }

  /** Returns the memory of each part, in order. */
  public List<MemorySegment> parts() {
    return List.copyOf(parts);
  }

  /**
   * Writes a content, which must stay.
   *
   * @param content what the page holds from now on
   */
  public void fill(Content content) {
    content.fill(parts);
    expected = content;
  }

  /** Makes the memory a target again: untouched, and free to change. */
  public void release() {
    UNTOUCHED.fill(parts);
    expected = null;
  }

  /** Lets the memory change, whatever it holds. */
  public void forget() {
    expected = null;
  }

  /**
   * Asserts what the page holds, and must hold from now on.
   *
   * @param content what
   */
  public void assertHolds(Content content) {
    expected = content;
    assertExpected("page");
  }

  /** Asserts that nothing was written since the page was made or released, nor will be. */
  public void assertUntouched() {
    expected = UNTOUCHED;
    assertExpected("target that must not change");
  }

  /** Tells whether the page holds a content; says nothing about later. */
  boolean holds(Content content) {
    return content.mismatch(parts) < 0;
  }

  /** Asserts that the fences stand, and that the page holds what it must. */
  void check() {
    long offset = 0;
    for (int i = 0; i <= parts.size(); i++) {
      long differs =
          MemorySegment.mismatch(
              slab, offset, offset + fence.byteSize(), fence, 0, fence.byteSize());
      if (differs >= 0) {
        fail(
            "a byte outside the page was written: key %s, %s"
                .formatted(
                    key(), i == 0 ? "before part 0" : differs + " bytes after part " + (i - 1)));
      }
      offset += fence.byteSize() + (i < parts.size() ? parts.get(i).byteSize() : 0);
    }
    assertExpected("memory that no call was given any more");
  }

  private void raiseFences() {
    long offset = 0;
    for (int i = 0; i <= parts.size(); i++) {
      MemorySegment.copy(fence, 0, slab, offset, fence.byteSize());
      offset += fence.byteSize() + (i < parts.size() ? parts.get(i).byteSize() : 0);
    }
  }

  private void assertExpected(String what) {
    if (expected != null) {
      assertEquals(
          -1,
          expected.mismatch(parts),
          () -> "first wrong byte of %s, key %s, %d bytes".formatted(what, key(), page.bytes()));
    }
  }
}
