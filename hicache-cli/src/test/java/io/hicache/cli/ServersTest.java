package io.hicache.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hicache.resp.kit.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands with backends whose pages are in a server. */
@Timeout(60)
class ServersTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"redis", "valkey"})
  void demo_noServerNamed_startsOneOfItsOwnAndEndsIt(String backend) throws IOException {
    Cli demo = demo(backend);

    assertWhole(demo);
    assertTrue(demo.err().contains("hicache: started "), demo.err());
    assertEquals(0, ProcessHandle.current().descendants().count(), "a process is left");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis", "valkey"})
  void demo_serverNamedByUrl_usesThatOne(String backend) throws IOException {
    try (TestServer server = TestServer.carried("--requirepass", "s3cret")) {
      Cli demo = demo(backend, "-O", "url=" + server.url(), "-O", "password=s3cret");

      assertWhole(demo);
      assertFalse(demo.err().contains("started "), demo.err());
      assertFalse(demo.err().contains("s3cret"), demo.err());
      String count = server.askAs("s3cret", "DBSIZE");
      int pages = json(demo).get("stored").get("pages").asInt();
      assertEquals(":" + (pages + 1), count, "the pages and the namespace's record");
    }
  }

  @Test
  void demoLayout_onAServer_comesBackWholeInAnotherLayout() throws IOException {
    Cli demo = demo("redis", "--layout", "page_first", "-O", "stored-layout=page_head");

    assertWhole(demo);
    assertEquals("page_head", json(demo).get("storedLayout").asText());
  }

  @Test
  void demo_toldToEnd_endsItsServer() throws Exception {
    Path text = Files.writeString(directory.resolve("long"), "The tide turns. ".repeat(100_000));
    Process demo =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo",
                "--backend",
                "redis",
                "--text",
                text.toString())
            .start();
    demo.getOutputStream().close();
    List<ProcessHandle> server = awaitServer(demo);
    demo.destroy();

    assertNotEquals(0, demo.waitFor());
    for (ProcessHandle process : server) {
      process.onExit().get();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis", "valkey"})
  void commandsByHand_each_work(String backend) throws IOException {
    byte[] bytes = "a page of some bytes".repeat(1000).getBytes(StandardCharsets.UTF_8);
    Path page = Files.write(directory.resolve("page"), bytes);
    Path copy = directory.resolve("copy");
    try (TestServer server = TestServer.carried()) {
      String[] store = {"--backend", backend, "-O", "url=" + server.url()};

      assertEquals(0, run(store, "put", "k", page.toString()).code());
      assertEquals(0, run(store, "exists", "k").code());
      assertEquals(0, run(store, "get", "k", copy.toString()).code());
      assertArrayEquals(bytes, Files.readAllBytes(copy));
      assertTrue(run(store, "namespaces").line().contains("model=hicache-cli"));
      assertTrue(run(store, "stats").out().contains("server-redis-version"));
      assertEquals(0, run(store, "delete", "k").code());
      assertEquals(1, run(store, "exists", "k").code());
      assertEquals(0, run(store, "put", "k", page.toString()).code());
      assertEquals(0, run(store, "clear", "--yes").code());
      assertEquals(1, run(store, "get", "k", copy.toString()).code());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis", "valkey"})
  void doctor_serverThereOrNot_tellsItsVersionOrWhatIsMissing(String backend) {
    try (TestServer server = TestServer.carried()) {
      String[] store = {"--backend", backend, "-O", "url=" + server.url()};
      Cli well = run(store, "doctor");

      assertEquals(0, well.code(), well.out());
      assertTrue(well.out().contains("available (Redis 7.0.15)"), well.out());
      server.ask("REPLICAOF", "127.0.0.1", "1");
      Cli replica = run(store, "doctor");
      assertEquals(4, replica.code(), replica.out());
      assertTrue(replica.out().contains("to do: it is a replica"), replica.out());
      server.kill();
      Cli gone = run(store, "doctor");
      assertEquals(4, gone.code(), gone.out());
      assertTrue(gone.out().contains("NOT AVAILABLE (no server found)"), gone.out());
      assertTrue(gone.out().contains(backend + "-server"), gone.out());
    }
  }

  @Test
  void wanted_optionsThatNameAServer_noOwnOne() {
    assertTrue(DemoServer.wanted("redis", Set.of("window", "database")));
    assertFalse(DemoServer.wanted("redis", Set.of("URL")));
    assertFalse(DemoServer.wanted("valkey", Set.of("host")));
    assertFalse(DemoServer.wanted("redis", Set.of("redis_password")));
    assertFalse(DemoServer.wanted("file", Set.of()));
  }

  @Test
  void findProgram_byWhatIsOnThePath_takesItsOwnThenARedisThenTheOneCarried() throws IOException {
    Path none = Files.createDirectory(directory.resolve("none"));
    Path redis = program("r", "redis-server");
    Path valkey = program("v", "valkey-server");
    String both = redis.getParent() + ":" + valkey.getParent();

    assertEquals(valkey, ServerProgram.find("valkey", both, none).file());
    assertEquals(redis, ServerProgram.find("redis", both, none).file());
    ServerProgram stand = ServerProgram.find("valkey", redis.getParent() + ":", none);
    assertEquals(redis, stand.file());
    assertTrue(stand.remark().contains("a Redis speaks for it"), stand.remark());
    ServerProgram carried = ServerProgram.find("valkey", none.toString(), none);
    assertEquals(none.resolve("redis-server"), carried.file());
    assertTrue(carried.remark().contains("a Redis speaks for it"), carried.remark());
  }

  private Path program(String where, String name) throws IOException {
    Path file = Files.createDirectory(directory.resolve(where)).resolve(name);
    Files.writeString(file, "");
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }

  /** Waits until the demo has said that its server runs, and returns the processes it has then. */
  private static List<ProcessHandle> awaitServer(Process demo) throws IOException {
    try (BufferedReader lines = demo.errorReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("started ")) {
          List<ProcessHandle> children = demo.descendants().toList();
          assertFalse(children.isEmpty(), "a server runs");
          return children;
        }
      }
    }
    throw new AssertionError("the demo started no server");
  }

  private Cli demo(String backend, String... options) throws IOException {
    Path text = Files.writeString(directory.resolve("text"), "The tide turns. ".repeat(100));
    List<String> all = new ArrayList<>(List.of("demo", "--json", "--text", text.toString()));
    all.addAll(List.of("--backend", backend));
    all.addAll(Arrays.asList(options));
    return Cli.run(all.toArray(String[]::new));
  }

  private static void assertWhole(Cli demo) throws IOException {
    assertEquals(0, demo.code(), demo.err());
    JsonNode result = json(demo);
    assertTrue(result.get("stored").get("pages").asInt() > 3, result::toString);
    assertEquals(result.get("stored").get("pages"), result.get("restored").get("restored"));
    assertEquals(0, result.get("restored").get("wrongBytes").asLong());
  }

  private static JsonNode json(Cli run) throws IOException {
    return new ObjectMapper().readTree(run.line());
  }

  private static Cli run(String[] store, String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(Arrays.asList(store));
    return Cli.run(all.toArray(String[]::new));
  }
}
