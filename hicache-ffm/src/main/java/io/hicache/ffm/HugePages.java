package io.hicache.ffm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The system's pool of huge pages of the default size, as {@code /proc/meminfo} tells of it (Linux,
 * {@code Documentation/admin-guide/mm/hugetlbpage.rst}).
 *
 * @param pageBytes bytes of one
 * @param total how many there are
 * @param available how many of them are neither used nor promised to a mapping
 */
record HugePages(long pageBytes, long total, long available) {
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final Pattern LINE = Pattern.compile("(HugePages_\\w+|Hugepagesize):\\s+(\\d+).*");

  /** Asks the system; empty where it has no such pages. */
  static Optional<HugePages> now() {
    try {
      return parse(Files.readAllLines(MEMINFO));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Reads the lines of {@code /proc/meminfo}. */
  static Optional<HugePages> parse(List<String> lines) {
    Map<String, Long> numbers = new HashMap<>();
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        numbers.put(matcher.group(1), Long.parseLong(matcher.group(2)));
      }
    }
    long kibibytes = numbers.getOrDefault("Hugepagesize", 0L);
    if (kibibytes == 0) {
      return Optional.empty();
    }
    long free = numbers.getOrDefault("HugePages_Free", 0L);
    long promised = numbers.getOrDefault("HugePages_Rsvd", 0L);
    long total = numbers.getOrDefault("HugePages_Total", 0L);
    return Optional.of(new HugePages(kibibytes << 10, total, Math.max(0, free - promised)));
  }

  /** Returns how many hold some bytes. */
  long holding(long bytes) {
    return bytes / pageBytes + (bytes % pageBytes == 0 ? 0 : 1);
  }

  /** Says what keeps bytes from being had, and what would help. */
  String missing(long bytes) {
    long needed = holding(bytes);
    String found =
        "needs %d huge pages of %d KiB; %d of %d are available"
            .formatted(needed, pageBytes >> 10, available, total);
    return needed > available
        ? found + "; reserve them: sysctl -w vm.nr_hugepages=" + (total + needed - available)
        : found + ", so a limit is lower: the control group's of hugetlb, or ulimit -v";
  }
}
