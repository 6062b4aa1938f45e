package io.hicache.spi;

import static io.hicache.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The objects of a page, and what a diagnosis keeps. */
class StoredObjectTest {

  @Test
  void run_outsideItsCount_isRefused() {
    assertRefused(() -> new StoredObject.Run("n", 2, 2), "run 2 of 2");
    assertRefused(() -> new StoredObject.Run("n", -1, 2), "run -1 of 2");
    assertRefused(() -> new StoredObject.Run("n", 0, 0), "run 0 of 0");
    assertEquals(new StoredObject.Run("n", 0, 1), StoredObject.Run.whole("n"));
  }

  @Test
  void made_ofALength_givesTheFormatsBytes() {
    StoredObject.Made marker = new StoredObject.Made("n", length -> new byte[(int) length]);
    assertEquals(3, marker.content().apply(3).length);
    assertEquals("n", marker.name());
  }

  @Test
  void diagnosis_afterItsListsWereChanged_isAsItWas() {
    List<String> findings = new ArrayList<>(List.of("found"));
    Diagnosis diagnosis = new Diagnosis(true, "1", findings, List.of());
    findings.clear();
    assertEquals(List.of("found"), diagnosis.findings());
  }
}
