package io.hicache.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hicache.spi.Providers;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DoctorTest {
  @Test
  void doctor_ofThisMachine_tellsOfEveryBackendHereAndOfThoseThatAreNot() throws IOException {
    JsonNode told = new ObjectMapper().readTree(Cli.run("doctor", "--json").line());

    Set<String> backends = new HashSet<>();
    told.get("backends").forEach(each -> backends.add(each.get("backend").asText()));
    assertTrue(backends.containsAll(Providers.artifacts().keySet()), backends::toString);
    assertTrue(backends.contains("memory"), backends::toString);
    assertTrue(told.get("machine").get("java").asText().contains(Runtime.version().toString()));
  }

  @Test
  void doctor_ofABackendThatIsMissing_namesTheArtifactThatBringsIt() {
    Cli told = Cli.run("doctor");

    assertEquals(0, told.code());
    assertTrue(told.out().contains("io.hicache:hicache-nixl-ffm"), told.out());
  }

  @Test
  void doctor_ofOneBackend_exitsFourIfItWouldNotWork() {
    Cli well = Cli.run("doctor", "--backend", "memory");
    Cli down = Cli.run("doctor", "--backend", "memory", "-O", "down=true");

    assertEquals(0, well.code());
    assertTrue(well.out().contains("available (1.0)"), well.out());
    assertEquals(4, down.code());
    assertTrue(down.out().contains("to do: bring it up"), down.out());
  }

  @Test
  void doctor_optionWithoutBackend_isWrongUse() {
    assertEquals(2, Cli.run("doctor", "-O", "down=true").code());
    assertEquals(2, Cli.run("doctor", "--backend", "none").code());
  }
}
