package io.hicache.file.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default directory that anybody could have made, temporary names, and names in any locale. */
class SglangDirectoryTest {
  @TempDir Path directory;

  @Test
  void openOwn_ofAMissingDirectory_makesIt() throws IOException {
    StoreDirectory store = StoreDirectory.openOwn(directory.resolve("hicache"));

    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(store.path())));
    assertEquals(store, StoreDirectory.openOwn(store.path()));
  }

  @Test
  void openOwn_ofASymbolicLink_isRefused() throws IOException {
    Path link = directory.resolve("link");
    for (Path target : List.of(directory, directory.resolve("missing"))) {
      Files.createSymbolicLink(link, target);
      assertRefused(link, "is a symbolic link");
      Files.delete(link);
    }
    assertTrue(Files.notExists(directory.resolve("missing")));
  }

  @Test
  void openOwn_ofAnotherUsersDirectory_isRefused() throws IOException {
    assertRefused(foreign(), "belongs to user ");
  }

  @Test
  void temporary_inASharedDirectory_isNamedAsSglangs() {
    PageTree tree = PageTree.shared(directory);

    String name = String.valueOf(tree.temporary(directory.resolve("a")).getFileName());

    assertTrue(name.matches("\\.[0-9a-f]{32}\\.tmp"), name);
    assertTrue(tree.isTemporary(name));
    assertEquals(false, new PageTree(directory).isTemporary(name));
  }

  @Test
  void resolveEncoded_ofAnyName_isTheSamePathAsInUtf8() throws IOException {
    for (String name :
        List.of("_模型-日本語-é-Ünï.bin", "org-🦙-70B", "a b%2f?#", "e\u0301", "sub/file")) {
      Path path = EncodedNames.resolveEncoded(directory, name);
      Files.createDirectories(assertNotNullParent(path));
      Files.writeString(path, name);

      assertEquals(directory.resolve(name), path);
      assertEquals(name.substring(name.indexOf('/') + 1), EncodedNames.decoded(path));
    }
  }

  private static Path assertNotNullParent(Path path) {
    Path parent = path.getParent();
    assertNotNull(parent);
    return parent;
  }

  /** As root, a directory given away; as anybody else, root's own. */
  private Path foreign() throws IOException {
    if (Files.getOwner(directory).getName().equals("root")) {
      Path foreign = Files.createDirectory(directory.resolve("foreign"));
      UserPrincipalLookupService users = foreign.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(foreign, users.lookupPrincipalByName("nobody"));
      return foreign;
    }
    Path root = Path.of("/");
    assertEquals("root", Files.getOwner(root, LinkOption.NOFOLLOW_LINKS).getName());
    return root;
  }

  private static void assertRefused(Path path, String what) {
    HiCacheException refusal =
        assertThrows(HiCacheException.class, () -> StoreDirectory.openOwn(path));
    assertEquals(FaultKind.REFUSED, refusal.kind());
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains(what) && message.contains(path.toString()), message);
  }
}
