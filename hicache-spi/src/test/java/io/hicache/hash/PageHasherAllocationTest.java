package io.hicache.hash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What hashing leaves on the heap: its result, and no more per page. */
class PageHasherAllocationTest {
  private static final int PAGES = 10_000;
  private static final int[] INTS = IntStream.range(0, PAGES * 16).toArray();
  private static final long[] LONGS = IntStream.of(INTS).asLongStream().toArray();
  private static final PageHasher HASHER = PageHasher.of(16);

  /** Hash objects, block and result's head: what a call costs, whatever its pages. */
  private static final long PER_CALL = 16 << 10;

  @Test
  void digests_ofManyPages_allocateTheirArrayOnly() throws ReflectiveOperationException {
    long most = 32L * PAGES + PER_CALL;
    assertAllocates(most, () -> HASHER.digests(INTS, 0, INTS.length));
    assertAllocates(most, () -> HASHER.digests(LONGS, 0, LONGS.length));
    assertAllocates(2 * most, () -> PageHasher.of(8).bigram().digests(INTS, 0, INTS.length));
  }

  /** A key is a record, a String and its 64 bytes; a digit's array and two lists' slots besides. */
  @Test
  void keys_ofManyPages_allocateLittleButKeys() throws ReflectiveOperationException {
    assertAllocates(256L * PAGES + PER_CALL, () -> HASHER.keys(INTS));
    assertAllocates(256L * PAGES + PER_CALL, () -> HASHER.keys(LONGS));
  }

  private static void assertAllocates(long most, Runnable call)
      throws ReflectiveOperationException {
    for (int i = 0; i < 20; i++) {
      call.run();
    }
    long before = allocated();
    call.run();
    long bytes = allocated() - before;
    assertTrue(bytes <= most, bytes + " B, of at most " + most);
  }

  /**
   * The JDK's own bean counts a thread's bytes; by name, as the library does not need its module.
   */
  private static long allocated() throws ReflectiveOperationException {
    Object bean =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method count =
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getThreadAllocatedBytes", long.class);
    return (long) count.invoke(bean, Thread.currentThread().threadId());
  }
}
