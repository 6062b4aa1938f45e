package io.hicache.file.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HexFormat;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The checksum of a file that may hold nothing but the page: the extended attribute {@code
 * user.hicache.crc32c}, the CRC32C of the content in eight lower-case hexadecimal digits. Programs
 * that do not know it do not see it, and a file that they put in this one's place has none.
 */
final class ChecksumAttribute {
  /** The attribute's name; Linux has it below {@code user.}. */
  static final String NAME = "hicache.crc32c";

  private static final int DIGITS = 8;

  private ChecksumAttribute() {}

  /** Tells whether files of a directory can have it, by giving it to one. */
  static boolean supported(PageTree tree) throws IOException {
    Path probe = tree.temporary(tree.root().resolve("probe"));
    try (FileChannel file = tree.create(probe)) {
      return file.isOpen() && write(probe, 1) && read(probe).isPresent();
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  /** Gives it to a file; tells whether the file system took it. */
  static boolean write(Path file, int checksum) {
    UserDefinedFileAttributeView view = view(file);
    if (view == null) {
      return false;
    }
    byte[] digits = HexFormat.of().toHexDigits(checksum).getBytes(StandardCharsets.US_ASCII);
    try {
      return view.write(NAME, ByteBuffer.wrap(digits)) == DIGITS;
    } catch (IOException e) {
      // Without the attribute the page is as good as one that another program wrote.
      return false;
    }
  }

  /** Returns what a file has; empty if it has none that can be read. */
  static OptionalInt read(Path file) {
    UserDefinedFileAttributeView view = view(file);
    if (view == null) {
      return OptionalInt.empty();
    }
    ByteBuffer digits = ByteBuffer.allocate(DIGITS);
    try {
      if (view.read(NAME, digits) != DIGITS) {
        return OptionalInt.empty();
      }
      String text = new String(digits.array(), StandardCharsets.US_ASCII);
      return OptionalInt.of(HexFormat.fromHexDigits(text));
    } catch (IOException | IllegalArgumentException e) {
      return OptionalInt.empty();
    }
  }

  private static @Nullable UserDefinedFileAttributeView view(Path file) {
    return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
  }
}
