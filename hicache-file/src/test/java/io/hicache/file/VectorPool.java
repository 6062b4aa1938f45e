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
import io.hicache.pool.PagedRowsShape;
import io.hicache.pool.PoolBuffer;
import io.hicache.pool.PoolShape;
import io.hicache.pool.PoolSlots;
import io.hicache.pool.Transcoder;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
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
        : copied(from, blank(layout, arena), layout, arena);
  }

  /** The pool with nothing in it. */
  HostPool blank(PageLayout layout, Arena arena) {
    PoolShape empty = shape.apply(layout);
    return HostPool.over(PoolName.KV, empty, buffers(empty, arena));
  }

  /** Copies one pool's pages into another, of another layout, and returns that. */
  static HostPool copied(HostPool from, HostPool to, PageLayout layout, Arena arena) {
    Transcoder out = Transcoder.of(from, layout);
    Transcoder in = Transcoder.of(to, layout);
    MemorySegment page = arena.allocate(out.storedBytes());
    PoolSlots slots = from.shape().slots();
    for (long i = 0; i < slots.pages(); i++) {
      out.gather(i * slots.pageTokens(), 0, page);
      in.scatter(page, i * slots.pageTokens(), 0);
    }
    return to;
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
