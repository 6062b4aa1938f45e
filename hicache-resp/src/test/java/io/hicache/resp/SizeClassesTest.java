package io.hicache.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeClassesTest {
  private final SizeClasses classes = new SizeClasses("redis", ValueRecord.BYTES);

  /** As MEMORY USAGE of Valkey 8.0.1 and Redis 7.0.15 tells, the key's few dozen bytes apart. */
  @ParameterizedTest
  @CsvSource({
    "65536, 81920",
    "262144, 327680",
    "1048576, 1310720",
    "4194304, 5242880",
    "1048534, 1048576",
    "1048535, 1310720",
    "1310678, 1310720",
  })
  void taken_anyPage_isTheNextClass(long page, long taken) {
    assertEquals(taken, classes.taken(page));
  }

  @ParameterizedTest
  @CsvSource({"65536", "1048576", "1000000", "4194304"})
  void fitting_ofAClass_isTheLargestPageThatTakesIt(long page) {
    long taken = classes.taken(page);
    assertEquals(taken, classes.taken(classes.fitting(taken)));
    assertTrue(classes.taken(classes.fitting(taken) + 1) > taken);
  }

  @Test
  void fitting_valuesWithoutARecord_leavesItsBytesToThePage() {
    SizeClasses bare = new SizeClasses("redis", 0);
    assertEquals(classes.fitting(1 << 20) + ValueRecord.BYTES, bare.fitting(1 << 20));
    assertEquals(1 << 20, bare.taken(bare.fitting(1 << 20)));
  }
}
