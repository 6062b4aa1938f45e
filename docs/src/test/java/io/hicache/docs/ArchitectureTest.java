package io.hicache.docs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between modules, as docs/architecture.md draws them. */
class ArchitectureTest {
  private static final String[] JDK = {"java..", "javax..", "org.jspecify.."};
  private static final String[] CONTRACT = {
    "io.hicache", "io.hicache.spi", "io.hicache.hash", "io.hicache.pool"
  };
  private static final String[] BACKENDS = {
    "io.hicache.file..", "io.hicache.resp..", "io.hicache.redis..", "io.hicache.valkey.."
  };

  /** The JDK's restricted methods, by their owners, as of Java 25. */
  private static final Set<String> RESTRICTED =
      Set.of(
          "java.lang.System.load",
          "java.lang.System.loadLibrary",
          "java.lang.Runtime.load",
          "java.lang.Runtime.loadLibrary",
          "java.lang.foreign.MemorySegment.reinterpret",
          "java.lang.foreign.Linker.downcallHandle",
          "java.lang.foreign.Linker.upcallStub",
          "java.lang.foreign.SymbolLookup.libraryLookup",
          "java.lang.foreign.AddressLayout.withTargetLayout");

  private static JavaClasses all = new ClassFileImporter().importClasses(List.of());

  @BeforeAll
  static void importEveryModule() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.hicache");
    for (String module :
        List.of(
            "io.hicache.spi.",
            "io.hicache.tck.",
            "io.hicache.ffm.",
            "io.hicache.codec.",
            "io.hicache.file.",
            "io.hicache.resp.",
            "io.hicache.redis.",
            "io.hicache.valkey.",
            "io.hicache.cli.",
            "io.hicache.examples.")) {
      assertTrue(
          all.stream().anyMatch(each -> each.getName().startsWith(module)),
          module + " was not found: its rules would hold of nothing");
    }
  }

  @Test
  void spi_dependsOn_theJdkAlone() {
    dependOnlyOn(CONTRACT, CONTRACT, JDK);
  }

  @Test
  void tck_dependsOn_spiAndJunit() {
    dependOnlyOn(
        new String[] {"io.hicache.tck.."},
        CONTRACT,
        JDK,
        new String[] {"io.hicache.tck..", "org.junit.jupiter.api..", "org.opentest4j.."});
  }

  @Test
  void ffm_dependsOn_spi() {
    dependOnlyOn(
        new String[] {"io.hicache.ffm.."}, CONTRACT, JDK, new String[] {"io.hicache.ffm.."});
  }

  @Test
  void codec_dependsOn_spiAndItsTwoLibraries() {
    dependOnlyOn(
        new String[] {"io.hicache.codec.."},
        CONTRACT,
        JDK,
        new String[] {"io.hicache.codec..", "com.github.luben.zstd..", "net.jpountz.lz4.."});
  }

  @Test
  void file_dependsOn_spiFfmAndCodec() {
    dependOnlyOn(
        new String[] {"io.hicache.file.."},
        CONTRACT,
        JDK,
        new String[] {"io.hicache.file..", "io.hicache.ffm..", "io.hicache.codec.."});
  }

  @Test
  void resp_dependsOn_spi() {
    dependOnlyOn(
        new String[] {"io.hicache.resp.."}, CONTRACT, JDK, new String[] {"io.hicache.resp.."});
  }

  @Test
  void redisAndValkey_dependOn_spiAndResp() {
    for (String backend : List.of("io.hicache.redis..", "io.hicache.valkey..")) {
      dependOnlyOn(
          new String[] {backend}, CONTRACT, JDK, new String[] {backend, "io.hicache.resp.."});
    }
  }

  @Test
  void cli_dependsOn_spiAndNoBackend() {
    noClasses()
        .that()
        .resideInAPackage("io.hicache.cli..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(BACKENDS)
                .or(resideInAnyPackage("io.hicache.tck..", "io.hicache.ffm..")))
        .check(all);
  }

  @Test
  void examples_dependOn_whatAServerImports() {
    dependOnlyOn(
        new String[] {"io.hicache.examples.."},
        JDK,
        new String[] {"io.hicache", "io.hicache.hash", "io.hicache.pool", "io.hicache.examples.."});
  }

  @Test
  void backend_ofAnyKind_showsItsProviderAndItsOptionsAlone() {
    classes()
        .that()
        .resideInAnyPackage("io.hicache.file", "io.hicache.redis", "io.hicache.valkey")
        .and()
        .arePublic()
        .and()
        .areTopLevelClasses()
        .should()
        .haveSimpleNameEndingWith("StorageProvider")
        .orShould()
        .haveSimpleNameEndingWith("Config")
        .check(all);
  }

  @Test
  void restrictedMethods_areCalled_inFfmAlone() {
    DescribedPredicate<JavaMethodCall> restricted =
        describe("restricted", call -> isRestricted(call.getTarget()));
    noClasses()
        .that(resideInAnyPackage(CONTRACT).or(resideInAnyPackage(BACKENDS)))
        .or()
        .resideInAnyPackage("io.hicache.cli..", "io.hicache.codec..", "io.hicache.tck..")
        .should()
        .callMethodWhere(restricted)
        .check(all);
  }

  @Test
  void libraries_print_nothing() {
    noClasses()
        .that(resideInAnyPackage(CONTRACT).or(resideInAnyPackage(BACKENDS)))
        .or()
        .resideInAnyPackage("io.hicache.ffm..", "io.hicache.codec..", "io.hicache.tck..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(all);
  }

  @Test
  void methodsThatMoveBytes_hold_noMonitor() {
    methods()
        .that()
        .areDeclaredInClassesThat(
            resideInAnyPackage(CONTRACT)
                .or(resideInAnyPackage(BACKENDS))
                .or(resideInAnyPackage("io.hicache.codec..")))
        .should()
        .notHaveModifier(JavaModifier.SYNCHRONIZED)
        .check(all);
  }

  private static boolean isRestricted(AccessTarget target) {
    return RESTRICTED.contains(target.getOwner().getName() + "." + target.getName());
  }

  private static void dependOnlyOn(String[] from, String[]... on) {
    String[] allowed = Stream.of(on).flatMap(Stream::of).toArray(String[]::new);
    classes()
        .that()
        .resideInAnyPackage(from)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .check(all);
  }
}
