package io.hicache.file;

import io.hicache.HostPart;
import io.hicache.PageLayout;
import io.hicache.Part;
import io.hicache.PoolName;
import io.hicache.pool.HostPool;
import io.hicache.pool.IndexerShape;
import io.hicache.pool.KeyOnlyShape;
import io.hicache.pool.MambaShape;
import io.hicache.pool.MhaShape;
import io.hicache.pool.MlaShape;
import io.hicache.pool.PageAxes;
import io.hicache.pool.PageForm;
import io.hicache.pool.PagedRowsShape;
import io.hicache.pool.PoolBuffer;
import io.hicache.pool.PoolShape;
import io.hicache.pool.PoolSlots;
import io.hicache.pool.Strides;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One of the pools whose pages the vectors hold: its shape in any layout, and the stream that its
 * logical content is.
 *
 * @param stream the first buffer's stream
 * @param perBuffer whether each buffer has a stream of its own; else they are one row of bytes
 * @param shape the shape in a layout
 */
record VectorPool(long stream, boolean perBuffer, Function<PageLayout, PoolShape> shape) {

  static VectorPool named(String poolCase) {
    return switch (poolCase.replaceFirst("\\..*", "")) {
      case "mha-a" -> mha(1, 2, 32);
      case "side-swa" -> mha(70, 2, 16);
      case "side-mha1" -> mha(72, 1, 16);
      case "mla-a" -> mla(21, 3, 32);
      case "side-mla" -> mla(71, 1, 16);
      case "mamba-a" -> mamba();
      case "konly" ->
          new VectorPool(
              80, false, layout -> new KeyOnlyShape(layout, new PoolSlots(32, 4), 3, 2, 16, 2));
      case "mla-dcp" ->
          new VectorPool(
              81, false, layout -> new MlaShape(layout, new PoolSlots(32, 8), 3, 32, 2, 2));
      case "dsa-indexer" ->
          new VectorPool(
              82, false, layout -> new IndexerShape(layout, new PoolSlots(32, 4), 3, 528));
      case "dsv4" -> rows(60, new PoolSlots(48, 8), 3, 48);
      case "side-indexer" -> rows(73, new PoolSlots(32, 4), 2, 40);
      default -> throw new AssertionError("no pool for " + poolCase);
    };
  }

  /** The pool as SGLang filled it, whose logical content the layer-first layout has in order. */
  HostPool filled(PageLayout layout, Arena arena) {
    PoolShape ordered = shape.apply(PageLayout.LAYER_FIRST);
    List<MemorySegment> buffers = buffers(ordered, arena);
    long at = 0;
    for (int i = 0; i < buffers.size(); i++) {
      MemorySegment buffer = buffers.get(i);
      for (long each = 0; each < buffer.byteSize(); each++) {
        byte value =
            perBuffer
                ? SglangVectors.fill(stream + i, each)
                : SglangVectors.fill(stream, at + each);
        buffer.set(ValueLayout.JAVA_BYTE, each, value);
      }
      at += buffer.byteSize();
    }
    HostPool from = HostPool.over(PoolName.KV, ordered, buffers);
    return layout == PageLayout.LAYER_FIRST || perBuffer
        ? from
        : copied(from, blank(layout, arena));
  }

  /** The pool with nothing in it. */
  HostPool blank(PageLayout layout, Arena arena) {
    PoolShape empty = shape.apply(layout);
    return HostPool.over(PoolName.KV, empty, buffers(empty, arena));
  }

  /**
   * Copies one pool's pages into another, of another layout, and returns that: row by row, so that
   * no code under test says what it should have done.
   */
  static HostPool copied(HostPool from, HostPool to) {
    PoolSlots slots = from.shape().slots();
    Optional<PageAxes> axes = from.shape().axes();
    for (long page = 0; page < slots.pages(); page++) {
      if (axes.isPresent()) {
        copyRows(from, axes.get(), to, to.shape().axes().orElseThrow(), page);
      } else {
        long slot = page * slots.pageTokens();
        scatter(flat(from, slot), to.parts(slot));
      }
    }
    return to;
  }

  private static void copyRows(
      HostPool from, PageAxes source, HostPool to, PageAxes target, long page) {
    PageForm form = source.form();
    for (int half = 0; half < form.halves(); half++) {
      for (int layer = 0; layer < form.layers(); layer++) {
        for (int token = 0; token < form.tokens(); token++) {
          for (int head = 0; head < form.heads(); head++) {
            MemorySegment.copy(
                from.buffers().getFirst(),
                at(source, page, half, layer, token, head),
                to.buffers().getFirst(),
                at(target, page, half, layer, token, head),
                form.rowBytes());
          }
        }
      }
    }
  }

  private static long at(PageAxes axes, long page, int half, int layer, int token, int head) {
    Strides strides = axes.strides();
    return page * axes.pageStride()
        + half * strides.half()
        + layer * strides.layer()
        + token * strides.token()
        + head * strides.head();
  }

  /** Lays a flat page, which is the same in every layout, into a pool's parts. */
  private static void scatter(byte[] flat, List<Part> parts) {
    int next = 0;
    for (Part part : parts) {
      int bytes = (int) part.bytes();
      MemorySegment segment = ((HostPart) part).segment();
      MemorySegment.copy(flat, next, segment, ValueLayout.JAVA_BYTE, 0, bytes);
      next += bytes;
    }
  }

  /** Returns a page's bytes in its pool's own order. */
  static byte[] flat(HostPool pool, long slot) {
    ByteArrayOutputStream flat = new ByteArrayOutputStream();
    for (Part part : pool.parts(slot)) {
      flat.writeBytes(((HostPart) part).segment().toArray(ValueLayout.JAVA_BYTE));
    }
    return flat.toByteArray();
  }

  private static List<MemorySegment> buffers(PoolShape shape, Arena arena) {
    List<MemorySegment> buffers = new ArrayList<>();
    for (PoolBuffer buffer : shape.buffers()) {
      buffers.add(arena.allocate(buffer.bytes(), 4096));
    }
    return buffers;
  }

  private static VectorPool mamba() {
    PoolSlots slots = new PoolSlots(6, 1);
    List<Long> conv = List.of(6L * 3 * 2);
    return new VectorPool(
        40,
        true,
        layout -> new MambaShape(PageLayout.PAGE_FIRST, slots, 3, 2 * 4 * 8 * 4, conv, List.of()));
  }

  private static VectorPool mha(long stream, int layers, long slots) {
    return new VectorPool(
        stream, false, layout -> new MhaShape(layout, new PoolSlots(slots, 4), layers, 2, 16, 2));
  }

  private static VectorPool mla(long stream, int layers, long slots) {
    return new VectorPool(
        stream, false, layout -> new MlaShape(layout, new PoolSlots(slots, 4), layers, 32, 2, 1));
  }

  private static VectorPool rows(long stream, PoolSlots slots, int layers, long bytes) {
    return new VectorPool(
        stream, false, layout -> new PagedRowsShape(layout, slots, layers, bytes));
  }
}
