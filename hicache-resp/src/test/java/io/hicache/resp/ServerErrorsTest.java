package io.hicache.resp;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.FAILED_REFUSED;
import static io.hicache.Outcome.KEPT;
import static io.hicache.Outcome.MISMATCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.Page;
import io.hicache.StorageConfig;
import io.hicache.resp.kit.Program;
import io.hicache.resp.kit.RawClient;
import io.hicache.resp.kit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real server refuses, as outcomes; and what it may hold under our keys. */
@Timeout(60)
@ParameterizedClass
@MethodSource("io.hicache.resp.Rig#programs")
class ServerErrorsTest {
  private static final String PASSWORD = "pa55w0rd";

  private final TestServer server;

  ServerErrorsTest(Program program) {
    server = program.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void batchSet_serverFullWithoutEviction_isRefused() {
    server.ask("CONFIG", "SET", "maxmemory-policy", "noeviction");
    try (Rig rig = rig()) {
      server.ask("CONFIG", "SET", "maxmemory", "4mb");
      BatchResult result = rig.storage().batchSet(rig.sources("full-", 8, 1 << 20));
      assertTrue(result.count(FAILED_REFUSED) > 0, result::toString);
      assertEquals(8, result.count(FAILED_REFUSED) + result.count(DONE), result::toString);
      assertNames(result.firstFailure().orElseThrow(), "OOM", "maxmemory");
    }
  }

  @Test
  void batchSet_serverFullWithEviction_isDoneAndTheRestReadsWhole() {
    server.ask("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
    try (Rig rig = rig()) {
      server.ask("CONFIG", "SET", "maxmemory", "24mb");
      assertTrue(rig.storage().batchSet(rig.sources("lru-", 64, 1 << 20)).allDone());
      List<Page> targets = rig.targets("lru-", 64, 1 << 20);
      BatchResult result = rig.storage().batchGet(targets);
      assertEquals(64, result.count(DONE) + result.count(ABSENT), result::toString);
      assertTrue(result.count(ABSENT) > 0 && result.count(DONE) > 0, result::toString);
      for (int i = 0; i < 64; i++) {
        Page page = targets.get(i);
        assertTrue(result.get(i) == DONE ? Rig.holds(page) : Rig.untouched(page));
      }
      assertTrue(rig.fencesHold());
    }
  }

  @Test
  void batchSet_onAReplica_isRefused() {
    try (Rig rig = rig()) {
      server.ask("REPLICAOF", "127.0.0.1", "1");
      BatchResult result = rig.storage().batchSet(rig.sources("replica-", 2, 20_000));
      assertEquals(2, result.count(FAILED_REFUSED), result::toString);
      assertNames(result.firstFailure().orElseThrow(), "READONLY", "primary");
    }
  }

  @Test
  void batchSet_byAUserWithoutPermission_isRefused() {
    StorageConfig reader = config().withOption("username", "reader").withOption("password", "r");
    try (Rig writer = rig()) {
      assertTrue(writer.storage().batchSet(writer.sources("acl-", 1, 5000)).allDone());
      server.ask("ACL", "SETUSER", "reader", "on", ">r", "~*", "+@all", "-set");
      HiCacheException opening = assertThrows(HiCacheException.class, () -> new Rig(reader));
      assertEquals(FaultKind.REFUSED, opening.kind());
      assertNames(opening, "NOPERM");
    }
  }

  @Test
  void open_withoutOrWithAWrongPassword_isRefusedAndNeverTellsIt() {
    server.ask("CONFIG", "SET", "requirepass", PASSWORD);
    assertNames(assertThrows(HiCacheException.class, () -> new Rig(config())), "NOAUTH");
    HiCacheException wrong =
        assertThrows(
            HiCacheException.class, () -> new Rig(config().withOption("password", "wr0ng")));
    assertEquals(FaultKind.REFUSED, wrong.kind());
    assertNames(wrong, "WRONGPASS", "username and password");
    assertFalse(String.valueOf(wrong.getMessage()).contains("wr0ng"));
    try (Rig rig = new Rig(config().withOption("password", PASSWORD))) {
      assertTrue(rig.storage().batchSet(rig.sources("auth-", 1, 5000)).allDone());
      assertFalse(rig.storage().toString().contains(PASSWORD));
      assertFalse(rig.storage().inspect().toString().contains(PASSWORD));
    }
  }

  @Test
  void open_databaseOtherThanZero_isUsed() {
    try (Rig rig = new Rig(config().withOption("database", "3"))) {
      assertTrue(rig.storage().batchSet(rig.sources("db-", 1, 5000)).allDone());
      assertEquals(":0", server.ask("DBSIZE"));
    }
    assertThrows(HiCacheException.class, () -> new Rig(config().withOption("database", "4000")));
  }

  @Test
  void calls_onAKeyOfAnotherType_areRefusedAndLeaveIt() {
    try (Rig rig = rig()) {
      List<Page> sources = rig.sources("typed-", 3, 5000);
      String list = rig.name(sources.get(1).key());
      server.ask("RPUSH", list, "theirs");
      BatchResult set = rig.storage().batchSet(sources);
      assertEquals(List.of(DONE, FAILED_REFUSED, DONE), set.outcomes());
      List<Page> targets = rig.targets("typed-", 3, 5000);
      assertEquals(List.of(DONE, FAILED_REFUSED, DONE), rig.storage().batchGet(targets).outcomes());
      assertTrue(Rig.untouched(targets.get(1)));
      assertNames(rig.storage().batchGet(targets).firstFailure().orElseThrow(), "WRONGTYPE", list);
      assertEquals(":1", server.ask("LLEN", list));
    }
  }

  @Test
  void get_valueOfAnotherFormat_isMismatchAndTakenAway() throws IOException {
    for (int length : new int[] {0, 1, 31, 32, 5000, 5032, 100_000}) {
      try (Rig rig = rig();
          RawClient client = server.client()) {
        Page target = rig.targets("other-" + length + "-", 1, 5000).getFirst();
        client.set(rig.name(target.key()), new byte[length]);
        assertEquals(MISMATCH, rig.storage().get(target), () -> length + " bytes");
        assertEquals(":0", server.ask("EXISTS", rig.name(target.key())));
        assertTrue(rig.fencesHold());
      }
    }
  }

  @Test
  void batchSet_longAndShort_keepsReplacesAndWrites() {
    for (int bytes : new int[] {100, 40_000}) {
      try (Rig rig = rig()) {
        String prefix = "put-" + bytes + "-";
        assertEquals(DONE, rig.storage().set(rig.sources(prefix, 1, bytes).getFirst()));
        assertEquals(DONE, rig.storage().set(rig.sources(prefix, 2, bytes + 1).getFirst()));
        List<Page> pages = rig.sources(prefix, 3, bytes + 1);
        assertEquals(List.of(KEPT, DONE, DONE), rig.storage().batchSet(pages).outcomes());
        assertTrue(
            rig.storage()
                .batchSet(pages, CallOptions.DEFAULT.withOverwrite(true))
                .outcomes()
                .equals(List.of(DONE, DONE, DONE)));
      }
    }
  }

  @Test
  void batchSet_withATimeToLive_isForgottenByTheServer() {
    try (Rig rig = new Rig(config().withOption("ttl", "1h"))) {
      List<Page> sources = rig.sources("ttl-", 2, 100);
      assertEquals(DONE, rig.storage().set(sources.get(0)));
      CallOptions day = CallOptions.DEFAULT.withTtl(Duration.ofDays(1)).withOverwrite(true);
      assertEquals(DONE, rig.storage().set(sources.get(1), day));
      assertTrue(seconds(rig, sources.get(0)) > 3500 && seconds(rig, sources.get(0)) <= 3600);
      assertTrue(seconds(rig, sources.get(1)) > 86_300);
    }
  }

  @Test
  void clear_besideOtherKeys_removesThisNamespaceAlone() {
    server.ask("SET", "somebody", "else");
    StorageConfig revised = config().withRevision("other");
    try (Rig rig = rig();
        Rig other = new Rig(revised)) {
      assertTrue(other.storage().batchSet(other.sources("c-", 5, 100)).allDone());
      assertTrue(rig.storage().batchSet(rig.sources("c-", 3000, 16)).allDone());
      assertEquals(3000, rig.storage().inspect().pages().orElseThrow());
      rig.storage().clear();
      assertEquals(0, rig.storage().inspect().pages().orElseThrow());
      assertTrue(other.storage().batchGet(other.targets("c-", 5, 100)).allDone());
      assertEquals("+OK", server.ask("SET", "somebody", "else", "XX"));
    }
  }

  @Test
  void ofReply_everyCode_hasItsKind() {
    RespConfig config = ServerOptions.of("redis").read(config());
    Map<String, FaultKind> kinds =
        Map.of(
            "LOADING Redis is loading the dataset in memory", FaultKind.UNAVAILABLE,
            "MASTERDOWN Link with MASTER is down", FaultKind.UNAVAILABLE,
            "ERR max number of clients reached", FaultKind.UNAVAILABLE,
            "MISCONF Redis is configured to save RDB snapshots", FaultKind.REFUSED,
            "NOPERM this user has no permissions", FaultKind.REFUSED,
            "MOVED 1 127.0.0.1:1", FaultKind.REFUSED,
            "ERR syntax error", FaultKind.INTERNAL);
    kinds.forEach(
        (reply, kind) -> assertEquals(kind, RespFaults.ofReply("x", config, reply).kind(), reply));
  }

  private long seconds(Rig rig, Page page) {
    return Long.parseLong(server.ask("TTL", rig.name(page.key())).substring(1));
  }

  private StorageConfig config() {
    return Rig.at(server.port());
  }

  private Rig rig() {
    return new Rig(config());
  }

  private static void assertNames(HiCacheException fault, String... words) {
    for (String word : words) {
      assertTrue(String.valueOf(fault.getMessage()).contains(word), fault::getMessage);
    }
  }
}
