package io.hicache.tck;

import static io.hicache.Outcome.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A page is what its parts hold, in their order, however many there are. */
interface PartRules extends Rules {
  /** More than a vectored call of an operating system takes: Linux' IOV_MAX is 1,024. */
  int MANY_PARTS = 1100;

  PageKey PARTS_PAGE = new PageKey("page-of-parts");

  @Test
  default void parts_one_comesBackExact() {
    assertComesBack(new int[] {163_840}, new int[] {163_840});
  }

  @Test
  default void parts_160_comeBackExact() {
    assertComesBack(equal(160, 1024), equal(160, 1024));
  }

  @Test
  default void parts_1100_comeBackExact() {
    assertComesBack(equal(MANY_PARTS, 128), equal(MANY_PARTS, 128));
  }

  @Test
  default void parts_ofUnevenLengths_comeBackExact() {
    int[] uneven = uneven(160);
    assertComesBack(uneven, uneven);
  }

  @Test
  default void parts_ofOneByteEach_comeBackExact() {
    assertComesBack(equal(MANY_PARTS, 1), equal(MANY_PARTS, 1));
  }

  @Test
  default void parts_writtenAsMany_areReadAsOne() {
    int[] uneven = uneven(MANY_PARTS);
    assertComesBack(uneven, new int[] {Arrays.stream(uneven).sum()});
  }

  @Test
  default void parts_writtenAsOne_areReadAsMany() {
    int[] uneven = uneven(MANY_PARTS);
    assertComesBack(new int[] {Arrays.stream(uneven).sum()}, uneven);
  }

  @Test
  default void parts_writtenAs160_areReadAs1100() {
    assertComesBack(equal(160, 1100), equal(MANY_PARTS, 160));
  }

  @Test
  default void parts_inFallingAddressOrder_keepTheirOrder() {
    FencedPage source = tck().pages().source(PARTS_PAGE, uneven(40));
    List<Part> falling = new ArrayList<>(source.page().parts());
    Collections.reverse(falling);
    assertEquals(DONE, tck().store().set(new Page(PARTS_PAGE, falling)));
    FencedPage target = tck().pages().target(PARTS_PAGE, uneven(40));
    List<Part> targetParts = new ArrayList<>(target.page().parts());
    Collections.reverse(targetParts);
    assertEquals(DONE, tck().store().get(new Page(PARTS_PAGE, targetParts)));
    target.assertHolds(Content.of(PARTS_PAGE));
  }

  @Test
  default void parts_ofManyPagesInOneBatch_comeBackExact() {
    List<PageKey> keys = BatchRules.keys("parts", 32);
    var sources = keys.stream().map(key -> tck().pages().source(key, equal(160, 64))).toList();
    var targets = keys.stream().map(key -> tck().pages().target(key, equal(64, 160))).toList();
    BatchRules.assertAll(DONE, tck().store().batchSet(BatchRules.pages(sources)));
    BatchRules.assertAll(DONE, tck().store().batchGet(BatchRules.pages(targets)));
    targets.forEach(target -> target.assertHolds(Content.of(target.key())));
  }

  private void assertComesBack(int[] written, int[] read) {
    tck().put(PARTS_PAGE, written);
    tck().assertStored(PARTS_PAGE, read);
  }

  private static int[] equal(int parts, int bytes) {
    int[] lengths = new int[parts];
    Arrays.fill(lengths, bytes);
    return lengths;
  }

  /** Lengths from 1 to 999, always the same. */
  private static int[] uneven(int parts) {
    return new Random(parts).ints(parts, 1, 1000).toArray();
  }
}
