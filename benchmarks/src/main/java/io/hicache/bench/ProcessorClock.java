package io.hicache.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Processor time of every thread of the process, native ones too.
 *
 * <p>Linux tells it per thread in nanoseconds, in {@code /proc/self/task/ID/schedstat}. Elsewhere
 * the JVM's own count is read, which may go in steps of 10 ms, so that only sums over many readings
 * say something.
 */
final class ProcessorClock {
  private static final Path TASKS = Path.of("/proc/self/task");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Map<String, Long> start = new HashMap<>();
  private final Map<String, Long> end = new HashMap<>();

  /** Starts counting. */
  void start() throws IOException {
    read(start);
  }

  /** Returns the nanoseconds since the start; threads that ended meanwhile do not count. */
  long nanos() throws IOException {
    read(end);
    long nanos = 0;
    for (Map.Entry<String, Long> thread : end.entrySet()) {
      nanos += thread.getValue() - start.getOrDefault(thread.getKey(), 0L);
    }
    return nanos;
  }

  private static void read(Map<String, Long> threads) throws IOException {
    threads.clear();
    if (!Files.isReadable(TASKS.resolveSibling("schedstat"))) {
      threads.put("process", PROCESS.getProcessCpuTime());
      return;
    }
    THREADS.getCurrentThreadCpuTime(); // the kernel books a running thread's time when asked for it
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        String fields = fields(task.resolve("schedstat"));
        if (!fields.isEmpty()) {
          threads.put(
              task.getFileName().toString(),
              Long.parseLong(fields.substring(0, fields.indexOf(' '))));
        }
      }
    }
  }

  /** Returns what a thread's file says; nothing if the thread has just ended. */
  private static String fields(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
