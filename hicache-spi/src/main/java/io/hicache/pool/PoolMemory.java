package io.hicache.pool;

import io.hicache.spi.HostMemoryAllocator;
import io.hicache.spi.Quoted;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The buffers of a pool: who owns them, and the rules they must keep. */
final class PoolMemory {
  /** Where each buffer of one region starts: on a multiple of this. */
  static final long ALIGNMENT = 4096;

  /** A thread that never runs: memory it may reach is memory that every thread may reach. */
  private static final Thread STRANGER = Thread.ofPlatform().unstarted(() -> {});

  private PoolMemory() {}

  /** Memory and how to give it back. */
  record Owned(MemorySegment segment, Runnable release) {}

  /**
   * Returns the bytes of one region that holds every buffer.
   *
   * @throws IllegalArgumentException if it would not fit 63 bits
   */
  static long regionBytes(List<PoolBuffer> buffers) {
    long end = 0;
    for (PoolBuffer buffer : buffers) {
      end = Counts.sum("region", aligned(end), buffer.bytes());
    }
    return end;
  }

  /** Allocates from the JDK; counted against {@code -XX:MaxDirectMemorySize}, zeroed. */
  static Owned allocate(long bytes) {
    Arena arena = Arena.ofShared();
    try {
      return new Owned(arena.allocate(bytes, ALIGNMENT), arena::close);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /**
   * Allocates from the allocator of a name.
   *
   * @throws IllegalArgumentException if none is present, or it cannot give the memory
   */
  static Owned allocate(String name, long bytes) {
    return allocate(
        ServiceLoader.load(HostMemoryAllocator.class, HostMemoryAllocator.class.getClassLoader()),
        name,
        bytes);
  }

  /** Allocates from one of some allocators. */
  static Owned allocate(Iterable<HostMemoryAllocator> allocators, String name, long bytes) {
    List<String> found = new ArrayList<>();
    for (HostMemoryAllocator allocator : allocators) {
      if (allocator.name().equals(name)) {
        HostMemoryAllocator.Memory memory = allocator.allocate(bytes);
        return new Owned(memory.segment(), memory::close);
      }
      found.add(allocator.name());
    }
    throw new IllegalArgumentException(
        "allocator %s: must be one of those present, %s; the artifact hicache-ffm has \"%s\""
            .formatted(Quoted.of(name), found, HostMemoryAllocator.HUGE_PAGES));
  }

  /**
   * Cuts one region into a shape's buffers.
   *
   * @throws IllegalArgumentException if the region breaks a rule
   */
  static List<MemorySegment> cut(MemorySegment region, List<PoolBuffer> buffers) {
    check("region", region, regionBytes(buffers));
    List<MemorySegment> cut = new ArrayList<>();
    long end = 0;
    for (PoolBuffer buffer : buffers) {
      cut.add(region.asSlice(aligned(end), buffer.bytes()));
      end = aligned(end) + buffer.bytes();
    }
    return List.copyOf(cut);
  }

  /**
   * Matches segments with a shape's buffers.
   *
   * @throws IllegalArgumentException if their number differs, or one breaks a rule
   */
  static List<MemorySegment> match(List<MemorySegment> segments, List<PoolBuffer> buffers) {
    if (segments.size() != buffers.size()) {
      throw new IllegalArgumentException(
          "buffers: %d given, must be %d: %s"
              .formatted(
                  segments.size(),
                  buffers.size(),
                  buffers.stream().map(PoolBuffer::name).toList()));
    }
    List<MemorySegment> matched = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      PoolBuffer buffer = buffers.get(i);
      check("buffer " + buffer.name(), segments.get(i), buffer.bytes());
      matched.add(segments.get(i).asSlice(0, buffer.bytes()));
    }
    return List.copyOf(matched);
  }

  private static void check(String what, MemorySegment memory, long bytes) {
    String broken = "";
    if (!memory.isNative()) {
      broken = "must be native memory, but is on the heap";
    } else if (!memory.scope().isAlive()) {
      broken = "must be alive, but its arena is closed";
    } else if (!memory.isAccessibleBy(STRANGER)) {
      broken = "must be memory that every thread may reach, but is confined to one";
    } else if (memory.isReadOnly()) {
      broken = "must be writable, but is read-only";
    } else if (memory.byteSize() < bytes) {
      broken = "must be at least the " + bytes + " bytes of its shape";
    }
    if (!broken.isEmpty()) {
      throw new IllegalArgumentException(
          "%s of %d bytes: %s".formatted(what, memory.byteSize(), broken));
    }
  }

  private static long aligned(long offset) {
    return Counts.sum("region", offset, ALIGNMENT - 1) & -ALIGNMENT;
  }
}
