package io.hicache.bench.file;

import io.hicache.bench.Contestant;
import io.hicache.bench.Entrant;
import java.io.IOException;
import java.util.Locale;

/**
 * Who moves pages to and from files. {@code x1} and {@code x4} are threads: of the floor, or the
 * backend's {@code io-threads}.
 *
 * <p>The bare floor opens a file per page, moves the page's parts by scattering reads or gathering
 * writes straight from and to the same memory as ours, and closes it; a write makes a new file
 * under its last name. The floors are given ready paths; ours is given ready pages and makes its
 * names itself.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas capture nothing
enum FileContestant implements Contestant<FileWorkload> {
  /** A copy of the batch within memory. */
  MEMCPY(Kind.SCALE, When.ALWAYS, MemoryCopy::new),
  /** The floor of {@code checksum=off}. */
  BARE_X1(Kind.FLOOR, When.ALWAYS, w -> w.bare(1, BareFile.PLAIN)),
  /** The same again. */
  BARE_X1_TWIN(Kind.FLOOR, When.ALWAYS, w -> w.bare(1, BareFile.PLAIN)),
  /** The floor of {@code checksum=off} on four threads. */
  BARE_X4(Kind.FLOOR, When.ALWAYS, w -> w.bare(4, BareFile.PLAIN)),
  /** The same again. */
  BARE_X4_TWIN(Kind.FLOOR, When.ALWAYS, w -> w.bare(4, BareFile.PLAIN)),
  /** A bare write under another name and an atomic rename: what it costs never to show half. */
  BARE_RENAME_X1(Kind.FLOOR, When.WRITE, w -> w.bare(1, BareFile.RENAMED)),
  /** The same on four threads. */
  BARE_RENAME_X4(Kind.FLOOR, When.WRITE, w -> w.bare(4, BareFile.RENAMED)),
  /** The floor of the default: a CRC32C over every page, taken of the page as a whole. */
  CHECKED_X1(Kind.FLOOR, When.ALWAYS, w -> w.bare(1, BareFile.CHECKED)),
  /** The same on four threads. */
  CHECKED_X4(Kind.FLOOR, When.ALWAYS, w -> w.bare(4, BareFile.CHECKED)),
  /** The floor of the default, the CRC32C taken in steps of 256 KiB as bytes move. */
  CHECKED_STEPS_X1(Kind.FLOOR, When.LARGE, w -> w.bare(1, BareFile.CHECKED_IN_STEPS)),
  /** The same on four threads. */
  CHECKED_STEPS_X4(Kind.FLOOR, When.LARGE, w -> w.bare(4, BareFile.CHECKED_IN_STEPS)),
  /** The backend with {@code checksum=off}. */
  OURS_OFF_X1(Kind.OURS, When.ALWAYS, w -> w.store(1, false)),
  /** The same on four threads. */
  OURS_OFF_X4(Kind.OURS, When.ALWAYS, w -> w.store(4, false)),
  /** The backend as it comes. */
  OURS_X1(Kind.OURS, When.ALWAYS, w -> w.store(1, true)),
  /** The same on four threads. */
  OURS_X4(Kind.OURS, When.ALWAYS, w -> w.store(4, true)),
  /** The backend as it comes, asked for one page at a time. */
  OURS_LOOP_X1(Kind.OURS, When.ALWAYS, w -> w.loop(1));

  private final Kind kind;
  private final When when;
  private final Opening opening;

  FileContestant(Kind kind, When when, Opening opening) {
    this.kind = kind;
    this.when = when;
    this.opening = opening;
  }

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public Entrant open(FileWorkload workload) throws IOException {
    return opening.open(workload);
  }

  /** Tells whether a cell has this contestant. */
  boolean takesPart(boolean write, int pageBytes) {
    return switch (when) {
      case ALWAYS -> true;
      case WRITE -> write;
      case LARGE -> pageBytes > BareFile.STEP_BYTES;
    };
  }

  private enum When {
    ALWAYS,
    WRITE,
    /** Only pages of more than one step: steps of smaller ones are the whole. */
    LARGE
  }

  private interface Opening {
    Entrant open(FileWorkload workload) throws IOException;
  }
}
