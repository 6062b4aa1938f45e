package io.hicache.file.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.spi.FileSystemProvider;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A directory's page files: how each is found, opened, published and taken away. Private to their
 * owner, directories 0700 and files 0600, unless the directory is shared. Thread-safe.
 */
final class PageTree {
  /** How many shard directories there are at most. */
  static final int SHARDS = 256;

  private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);
  private static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
  private static final FileAttribute<?>[] PRIVATE_FILE = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
  };
  private static final FileAttribute<?>[] PRIVATE_DIRECTORY = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
  };
  private static final HexFormat HEX = HexFormat.of();
  private static final FileAttribute<?>[] AS_IT_COMES = {};

  private static final Pattern TEMPORARY = Pattern.compile("\\.[0-9a-f]{16}\\.tmp");
  private static final Pattern SHARED_TEMPORARY = Pattern.compile("\\.[0-9a-f]{32}\\.tmp");

  private final Path root;
  private final FileSystemProvider provider;
  private final FileAttribute<?>[] fileAttributes;
  private final boolean shared;

  /** Wraps a namespace's directory. */
  PageTree(Path root) {
    this(root, false);
  }

  private PageTree(Path root, boolean shared) {
    this.root = root;
    this.provider = root.getFileSystem().provider();
    this.fileAttributes = posix(root) && !shared ? PRIVATE_FILE : AS_IT_COMES;
    this.shared = shared;
  }

  /**
   * Wraps a directory that other programs use, too: its files get the permissions that the
   * process's mask leaves, and temporary names of 32 digits, both as theirs.
   */
  static PageTree shared(Path root) {
    return new PageTree(root, true);
  }

  /** Tells whether a file that is not published, or no longer, is called so; nothing else is. */
  boolean isTemporary(String file) {
    return (shared ? SHARED_TEMPORARY : TEMPORARY).matcher(file).matches();
  }

  /** Returns the directory. */
  Path root() {
    return root;
  }

  /** Returns where a page's file lies. */
  Path file(PageName name) {
    return EncodedNames.resolve(root, name.path());
  }

  /** Returns a shard's directory, 0 to {@link #SHARDS} − 1; it need not exist. */
  Path shard(int index) {
    return root.resolve(HEX.toHexDigits((byte) index));
  }

  /** Asks for a file's length in one system call; null if it is not there. */
  @Nullable BasicFileAttributes attributes(Path file) throws IOException {
    return provider.readAttributesIfExists(file, BasicFileAttributes.class);
  }

  /** Opens a page's file to read it. */
  FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, READ, AS_IT_COMES);
  }

  /** Returns a name beside a page's file that no reader looks at and no other writer uses. */
  Path temporary(Path file) {
    return file.resolveSibling(temporaryName());
  }

  /** Returns such a name. */
  String temporaryName() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String digits = HEX.toHexDigits(random.nextLong());
    String more = shared ? HEX.toHexDigits(random.nextLong()) : "";
    return "." + digits + more + ".tmp";
  }

  /** Tells whether other programs use the directory, too. */
  boolean isShared() {
    return shared;
  }

  /** Creates a file that must not exist. */
  FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, CREATE, fileAttributes);
  }

  /** Makes a finished file the page's, in place of what is there. */
  void publish(Path temporary, Path file) throws IOException {
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Makes a finished file the page's unless there is one; the temporary name goes in any case. */
  void publishIfAbsent(Path temporary, Path file) throws IOException {
    try {
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      // What was published meanwhile is newer.
    } catch (IOException | UnsupportedOperationException e) {
      publish(temporary, file);
    }
    Files.deleteIfExists(temporary);
  }

  /**
   * Returns how a file that processes share is opened: made where it is missing, and never another
   * one that a link by its name leads to.
   */
  static Set<OpenOption> createOptions() {
    return Set.of(
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.CREATE,
        LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns what makes a new file its owner's alone. */
  static FileAttribute<?>[] privateFile(Path directory) {
    return posix(directory) ? PRIVATE_FILE.clone() : AS_IT_COMES;
  }

  /** Creates a directory that only its owner may enter; does nothing if it is there. */
  static void createDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, posix(directory) ? PRIVATE_DIRECTORY : AS_IT_COMES);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
  }

  /** Writes a small file whole and to the disk. */
  void writeDurably(Path file, byte[] content) throws IOException {
    try (FileChannel channel = create(file)) {
      for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
