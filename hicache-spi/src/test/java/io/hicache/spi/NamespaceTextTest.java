package io.hicache.spi;

import static io.hicache.Refusals.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.StorageConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A namespace's record as stores hold it, and what is refused when it is read. */
class NamespaceTextTest {
  private static final StorageConfig LLAMA =
      StorageConfig.of("meta-llama/Llama-3.1-8B-Instruct", "bfloat16", 64);

  private static NamespaceRecord record(StorageConfig config) {
    return NamespaceRecord.of(config, Optional.empty());
  }

  @Test
  void text_ofAKnownIdentity_isWhatStoresHold() {
    assertEquals(
        """
        hicache-namespace
        cp=0/1
        dcp=0/1
        dtype=bfloat16
        format=1
        layout=layer_first
        mla=false
        model=meta-llama/Llama-3.1-8B-Instruct
        page-tokens=64
        pp=0/1
        tp=0/1
        end
        """,
        record(LLAMA).text());
  }

  @Test
  void parse_ofItsOwnText_isTheSameRecord() {
    for (String nasty :
        List.of(
            "a\nb",
            "a\r\nb",
            "a\\nb",
            "\\",
            "\\\\",
            "a=b",
            "=",
            "\n",
            "Größe 模型 \ud83d\ude00",
            "\u0000\u0085\u2028",
            " lead and trail ",
            "end",
            "\\r\r",
            "hicache-namespace")) {
      NamespaceRecord record =
          NamespaceRecord.of(
              StorageConfig.of(nasty, nasty, 1).withRevision(nasty), Optional.of("pin"));
      assertEquals(record, NamespaceRecord.parse("pin", record.text()), Quoted.of(nasty));
      assertEquals(record.text(), NamespaceRecord.parse("pin", record.text()).text());
    }
  }

  @Test
  void parse_ofATextCutShort_isRefusedWhereverItWasCut() {
    String text = record(LLAMA).text();
    for (int length = 0; length < text.length(); length++) {
      String cut = text.substring(0, length);
      HiCacheException e =
          assertThrows(HiCacheException.class, () -> NamespaceRecord.parse("pin", cut));
      assertEquals(FaultKind.REFUSED, e.kind());
      assertSays(e, "namespace pin", "damaged");
    }
  }

  @Test
  void parse_ofDamagedText_isRefused() {
    String text = record(LLAMA).text();
    for (String damaged :
        List.of(
            "x" + text,
            text + "x",
            text + text,
            text.replace("\n", "\r\n"),
            text.replace("mla=false", "mla"),
            text.replace("mla=false", "=false"),
            text.replace("mla=false\n", "\n"),
            text.replace("mla=false", "mla=false\nmla=true"),
            text.replace("bfloat16", "bfloat\\16"),
            text.replace("bfloat16", "bfloat16\\"))) {
      HiCacheException e =
          assertThrows(
              HiCacheException.class, () -> NamespaceRecord.parse("pin", damaged), damaged);
      assertEquals(FaultKind.REFUSED, e.kind());
      assertSays(e, "namespace pin", "damaged");
    }
  }

  @Test
  void parse_ofAnotherFormat_isRefusedWithBothNumbers() {
    String text = record(LLAMA).text();
    assertSays(
        assertThrows(
            HiCacheException.class,
            () -> NamespaceRecord.parse("pin", text.replace("format=1", "format=2"))),
        "namespace pin",
        "format \"2\"",
        "knows 1 only");
    assertSays(
        assertThrows(
            HiCacheException.class,
            () -> NamespaceRecord.parse("pin", text.replace("format=1\n", ""))),
        "format absent");
  }
}
