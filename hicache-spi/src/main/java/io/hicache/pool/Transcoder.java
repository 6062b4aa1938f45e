package io.hicache.pool;

import io.hicache.PageLayout;
import io.hicache.Part;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way between a pool's pages and the pages a store keeps, where the two differ in layout or in
 * how many heads a page has.
 *
 * <p>A <em>stored page</em> is a flat page in the stored layout. Where servers of several
 * tensor-parallel sizes share pages, it holds the heads of one group only, and a pool's page is
 * {@link #groups} of them; group g of rank r is group r × groups + g of the model.
 *
 * <ul>
 *   <li><b>Bytes.</b> Exact both ways: the same logical page, row for row.
 *   <li><b>Ownership.</b> Stored pages lie in memory of the caller's, for which {@link PageBuffers}
 *       is meant; {@link #direct} tells where none is needed.
 *   <li><b>Threads.</b> Immutable and thread-safe.
 * </ul>
 */
public final class Transcoder {
  private final HostPool pool;
  private final int groups;
  private final long storedBytes;
  private final Way way;
  private final List<RunTable> tables;

  private Transcoder(HostPool pool, int groups, long storedBytes, Way way, List<RunTable> tables) {
    this.pool = pool;
    this.groups = groups;
    this.storedBytes = storedBytes;
    this.way = way;
    this.tables = tables;
  }

  /**
   * Plans the way between a pool and pages stored in a layout.
   *
   * @param pool the pool
   * @param stored the stored layout; without effect on a pool whose flat page is the same in all
   * @throws IllegalArgumentException if the pool has no flat page, or none in that layout
   */
  public static Transcoder of(HostPool pool, PageLayout stored) {
    return of(pool, stored, 1);
  }

  /**
   * Plans the way between a pool and pages stored in a layout, a head group each.
   *
   * @param pool the pool
   * @param stored the stored layout; without effect on a pool whose flat page is the same in all
   * @param groups head groups of a page of this pool: {@code tp_lcm_size / tp_size}; 1 for none
   * @throws IllegalArgumentException if the pool has no flat page, or none in that layout, or its
   *     heads are not that many equal groups
   */
  public static Transcoder of(HostPool pool, PageLayout stored, int groups) {
    pool.requireFlatPage();
    Optional<PageAxes> axes = pool.shape().axes();
    if (axes.isPresent()) {
      return permuting(pool, axes.get(), stored, groups);
    }
    if (groups != 1) {
      throw new IllegalArgumentException(
          "head groups %d: must be 1 in pool %s, whose pages have no heads"
              .formatted(groups, pool.name()));
    }
    AsIs asIs = new AsIs(pool.flatTable());
    return new Transcoder(pool, 1, pool.pageBytes(), asIs, List.of(asIs.table));
  }

  private static Transcoder permuting(HostPool pool, PageAxes axes, PageLayout stored, int groups) {
    if (axes.form().halves() == 1) {
      Layouts.refusePageHead(stored, "a stored page of pool " + pool.name());
    }
    PageForm form = axes.form().in(stored).headGroup(groups);
    BlockWalk plan = BlockWalk.of(form, axes.strides(), form.strides());
    Permuted way =
        new Permuted(
            pool.buffers().getFirst(),
            new PageCopy(plan),
            new PageCopy(BlockWalk.of(form, form.strides(), axes.strides())),
            axes.pageStride(),
            form.heads() * axes.strides().head());
    boolean fewRuns = plan.runs() <= (long) form.halves() * form.layers();
    List<RunTable> tables = fewRuns ? way.tables(pool, plan, groups) : List.of();
    return new Transcoder(pool, groups, form.bytes(), way, tables);
  }

  /** Returns how many stored pages make a page of the pool. */
  public int groups() {
    return groups;
  }

  /** Returns the bytes of a stored page. */
  public long storedBytes() {
    return storedBytes;
  }

  /**
   * Tells whether a stored page is at most one run of the pool per half and layer, so that {@link
   * #parts} gives it and nothing needs a buffer.
   */
  public boolean direct() {
    return !tables.isEmpty();
  }

  /**
   * Returns the memory of a stored page in the pool, in the stored order.
   *
   * @param slot the first slot of the pool's page
   * @param group which of its head groups
   * @throws IllegalArgumentException if there is no such page or group
   * @throws IllegalStateException unless {@link #direct}
   */
  public List<Part> parts(long slot, int group) {
    checkGroup(group);
    if (!direct()) {
      throw new IllegalStateException(
          "pool %s: its pages must be copied to be stored; ask direct first"
              .formatted(pool.name()));
    }
    return tables.get(group).parts(pool.page(slot));
  }

  /**
   * Copies one stored page out of the pool.
   *
   * @param slot the first slot of the pool's page
   * @param group which of its head groups
   * @param stored where the stored page goes; at least {@link #storedBytes} bytes
   * @throws IllegalArgumentException if there is no such page or group, or it does not fit
   */
  public void gather(long slot, int group, MemorySegment stored) {
    checkGroup(group);
    checkStored(stored);
    way.gather(pool.page(slot), group, stored);
  }

  /**
   * Copies one stored page into the pool. Only its head group's bytes of the page change.
   *
   * @param stored the stored page; at least {@link #storedBytes} bytes
   * @param slot the first slot of the pool's page
   * @param group which of its head groups
   * @throws IllegalArgumentException if there is no such page or group, or too few bytes
   */
  public void scatter(MemorySegment stored, long slot, int group) {
    checkGroup(group);
    checkStored(stored);
    way.scatter(stored, pool.page(slot), group);
  }

  private void checkGroup(int group) {
    if (group < 0 || group >= groups) {
      throw new IllegalArgumentException(
          "pool %s, head group %d: must be 0 to %d".formatted(pool.name(), group, groups - 1));
    }
  }

  private void checkStored(MemorySegment stored) {
    if (stored.byteSize() < storedBytes) {
      throw new IllegalArgumentException(
          "pool %s, stored page of %d bytes: must be at least %d bytes"
              .formatted(pool.name(), stored.byteSize(), storedBytes));
    }
  }

  /** How bytes go out of a pool and into it. */
  private sealed interface Way {
    void gather(long page, int group, MemorySegment stored);

    void scatter(MemorySegment stored, long page, int group);
  }

  /** Run by run, in the order they have. */
  private record AsIs(RunTable table) implements Way {
    @Override
    public void gather(long page, int group, MemorySegment stored) {
      long at = 0;
      for (MemorySegment run : table.segments(page)) {
        MemorySegment.copy(run, 0, stored, at, run.byteSize());
        at += run.byteSize();
      }
    }

    @Override
    public void scatter(MemorySegment stored, long page, int group) {
      long at = 0;
      for (MemorySegment run : table.segments(page)) {
        MemorySegment.copy(stored, at, run, 0, run.byteSize());
        at += run.byteSize();
      }
    }
  }

  /** From one order of the axes to another. */
  private record Permuted(
      MemorySegment buffer, PageCopy out, PageCopy in, long pageStride, long groupStride)
      implements Way {
    @Override
    public void gather(long page, int group, MemorySegment stored) {
      out.copy(buffer, page * pageStride + group * groupStride, stored, 0);
    }

    @Override
    public void scatter(MemorySegment stored, long page, int group) {
      in.copy(stored, 0, buffer, page * pageStride + group * groupStride);
    }

    /** The runs of each head group's stored page. */
    List<RunTable> tables(HostPool pool, BlockWalk plan, int groups) {
      List<RunTable> tables = new ArrayList<>();
      for (int group = 0; group < groups; group++) {
        List<PageRun> runs = new ArrayList<>();
        for (long source : plan.sources()) {
          runs.add(new PageRun(0, source + group * groupStride, pageStride, plan.run()));
        }
        tables.add(RunTable.joined(runs, pool.buffers(), pool.shape().slots().pages()));
      }
      return List.copyOf(tables);
    }
  }
}
