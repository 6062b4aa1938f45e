package io.hicache.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.ModelIdentity;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import io.hicache.resp.kit.RawClient;
import io.hicache.resp.kit.TestServer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SglangNamesTest {
  private static final PageKey KEY = new PageKey("cf97adee");
  private static final PageKey MAMBA = new PageKey("cf97adee", new PoolName("mamba"));
  private static final RankCoordinates SECOND = RankCoordinates.SINGLE.withTp(1, 2);

  @Test
  void name_ofARankOrOfMla_isAsProposed() {
    assertEquals("hicache:org/m:1:2:cf97adee", names("org/m", false, SECOND).name(KEY));
    assertEquals("hicache:org/m:cf97adee", names("org/m", true, SECOND).name(KEY));
  }

  @Test
  void name_whereTheProposalWouldMixPages_saysMore() {
    assertEquals("hicache:m:1:2:cf97adee.mamba", names("m", false, SECOND).name(MAMBA));
    assertEquals("hicache:m:1:2:cf97adee.mamba", names("m", true, SECOND).name(MAMBA));
    assertEquals("hicache:m:1:2:pp0_2:cf97adee", names("m", false, SECOND.withPp(0, 2)).name(KEY));
    assertEquals("hicache:m:pp1_2:cf97adee", names("m", true, SECOND.withPp(1, 2)).name(KEY));
  }

  @Test
  void name_thatAnotherPageCouldHave_isRefused() {
    SglangNames names = names("m", false, SECOND);
    for (String key : List.of("a:b", "a.mamba", ":")) {
      assertThrows(HiCacheException.class, () -> names.name(new PageKey(key)), key);
    }
    assertThrows(IllegalArgumentException.class, () -> names("m:0:2", true, SECOND));
    assertThrows(IllegalArgumentException.class, () -> names("x:0:2\n:1:2", true, SECOND));
    assertEquals("hicache:m:0:x:cf97adee", names("m:0:x", true, SECOND).name(KEY));
  }

  @Test
  void holds_keysOfOthers_saysNo() {
    SglangNames ours = names("m", true, SECOND);
    assertTrue(ours.holds("hicache:m:cf97adee"));
    assertTrue(ours.holds("hicache:m:1:2:cf97adee.mamba"));
    for (String other :
        List.of(
            "hicache:m:0:2:cf97adee.mamba",
            "hicache:m:1:2:cf97adee",
            "hicache:m:cf97adee.mamba",
            "hicache:m:",
            "hicache:mm:cf97adee")) {
      assertFalse(ours.holds(other), other);
    }
    assertFalse(names("m", false, SECOND).holds("hicache:m:0:2:cf97adee"));
  }

  /** What stands for other names in a pattern, and letters beyond ASCII, in a model's name. */
  @Test
  void clear_modelNamedLikeAPattern_removesItsOwnPagesAlone() throws IOException {
    String[] models = {"m*", "m?", "m[ab]", "m\\*", "mab", "m{x}y", "模型/é"};
    try (TestServer server = TestServer.carried();
        Arena arena = Arena.ofShared()) {
      for (String model : models) {
        try (HiCacheStorage storage = open(server, model)) {
          assertEquals(Outcome.DONE, storage.set(Page.of(KEY, arena.allocate(50))));
          assertEquals(1, storage.inspect().pages().orElseThrow(), model);
        }
      }
      for (int i = 0; i < models.length; i++) {
        try (HiCacheStorage storage = open(server, models[i]);
            RawClient client = server.client()) {
          assertEquals(
              ":50",
              client.ask(
                  "STRLEN".getBytes(StandardCharsets.UTF_8),
                  ("hicache:" + models[i] + ":0:1:cf97adee").getBytes(StandardCharsets.UTF_8)));
          storage.clear();
          assertEquals(":" + (models.length - 1 - i), server.ask("DBSIZE"), models[i]);
        }
      }
    }
  }

  private static HiCacheStorage open(TestServer server, String model) {
    return new ServerBackend("valkey", ServerOptions.of("valkey"))
        .open(
            StorageConfig.of(model, "bfloat16", 64)
                .withOption("url", server.url())
                .withOption("naming", "sglang"));
  }

  private static SglangNames names(String model, boolean mla, RankCoordinates ranks) {
    return new SglangNames(
        new ModelIdentity(
            Optional.of(model), Optional.empty(), Optional.empty(), 1, PageLayout.LAYER_FIRST, mla),
        ranks);
  }
}
