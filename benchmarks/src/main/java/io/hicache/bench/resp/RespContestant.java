package io.hicache.bench.resp;

import io.hicache.bench.Contestant;
import io.hicache.bench.Entrant;
import java.io.IOException;
import java.util.Locale;

/**
 * Who moves pages between a server and memory. The floors hold one bare socket and are given ready
 * commands; ours is given ready pages and makes its names itself; peers are given ready keys, and
 * copy between their arrays and the pages' memory.
 *
 * <p>{@code 8m} is how many bytes are asked for ahead, or how many a peer is asked for at a time.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas capture nothing
enum RespContestant implements Contestant<RespWorkload> {
  /** The floor of {@code checksum=off}. */
  BARE_8M(Kind.FLOOR, When.READ, w -> w.raw(8 << 20, Summing.NONE)),
  /** The same again. */
  BARE_8M_TWIN(Kind.FLOOR, When.READ, w -> w.raw(8 << 20, Summing.NONE)),
  /** With another window. */
  BARE_4M(Kind.FLOOR, When.READ, w -> w.raw(4 << 20, Summing.NONE)),
  /** The floor of the default: a CRC32C over every page, taken of the page as a whole. */
  CHECKED_8M(Kind.FLOOR, When.READ, w -> w.raw(8 << 20, Summing.WHOLE)),
  /** The CRC32C taken in steps of 256 KiB as bytes come. */
  CHECKED_STEPS_8M(Kind.FLOOR, When.READ_LARGE, w -> w.raw(8 << 20, Summing.STEPS)),
  /** The floor of writes with {@code checksum=off}: a gathering write per page. */
  BARE_EACH(Kind.FLOOR, When.WRITE, w -> w.rawWrite(true, Summing.NONE)),
  /** The same again. */
  BARE_EACH_TWIN(Kind.FLOOR, When.WRITE, w -> w.rawWrite(true, Summing.NONE)),
  /** As many pages in one gathering write as the system takes. */
  BARE_ALL(Kind.FLOOR, When.WRITE, w -> w.rawWrite(false, Summing.NONE)),
  /** The floor of writes by default: a CRC32C over every page before it is sent. */
  CHECKED_EACH(Kind.FLOOR, When.WRITE, w -> w.rawWrite(true, Summing.WHOLE)),
  /** Over all pages before they are sent together. */
  CHECKED_ALL(Kind.FLOOR, When.WRITE, w -> w.rawWrite(false, Summing.WHOLE)),
  /** One round trip. */
  PING(Kind.FLOOR, When.FAR, Ping::new),
  /** The same again. */
  PING_TWIN(Kind.FLOOR, When.FAR, Ping::new),
  /** A bare read on one connection to a far server. */
  BARE_X1(Kind.FLOOR, When.FAR_LARGE, w -> new RawSpread(w, 8 << 20, 1)),
  /** The same on two at once. */
  BARE_X2(Kind.FLOOR, When.FAR_LARGE, w -> new RawSpread(w, 8 << 20, 2)),
  /** The same on four at once. */
  BARE_X4(Kind.FLOOR, When.FAR_LARGE, w -> new RawSpread(w, 8 << 20, 4)),
  /** The backend asked which pages are there. */
  OURS_PRESENT(Kind.OURS, When.FAR_READ, RespWorkload::presence),
  /** The backend asked for one page at a time. */
  OURS_LOOP(Kind.OURS, When.FAR_HUNDRED, RespWorkload::loop),
  /** The backend with {@code checksum=off}. */
  OURS_OFF(Kind.OURS, When.ALWAYS, w -> w.store(false)),
  /** The backend as it comes. */
  OURS(Kind.OURS, When.ALWAYS, w -> w.store(true)),
  /** The same again. */
  OURS_TWIN(Kind.OURS, When.PEERS, w -> w.store(true)),
  /** Writes whatever is there, and so without asking. */
  OURS_OVERWRITE(Kind.OURS, When.WRITE, RespWorkload::overwriting),
  /** One MGET of the batch. */
  LETTUCE_MGET(Kind.PEER, When.PEERS_READ, w -> w.peer(LettucePeer::new, w.cell().batch())),
  /** MGETs of 8 MiB, or as many SETs, one after another. */
  LETTUCE_8M(Kind.PEER, When.PEERS, w -> w.peer(LettucePeer::new, w.cell().in8MiB())),
  /** All GETs or SETs at once. */
  LETTUCE_EACH(Kind.PEER, When.PEERS, w -> w.peer(LettucePeer::new, -w.cell().batch())),
  /** MGETs of 8 MiB, or as many SETs, one after another. */
  JEDIS_8M(Kind.PEER, When.PEERS, w -> w.peer(JedisPeer::new, w.cell().in8MiB())),
  /** All GETs or SETs at once. */
  JEDIS_EACH(Kind.PEER, When.PEERS, w -> w.peer(JedisPeer::new, -w.cell().batch())),
  /** MGETs of 8 MiB, or as many SETs, one after another. */
  VALKEY_JAVA_8M(Kind.PEER, When.PEERS, w -> w.peer(ValkeyJavaPeer::new, w.cell().in8MiB())),
  /** All GETs or SETs at once. */
  VALKEY_JAVA_EACH(Kind.PEER, When.PEERS, w -> w.peer(ValkeyJavaPeer::new, -w.cell().batch())),
  /** MGETs of 8 MiB, or as many SETs, one after another. */
  GLIDE_8M(Kind.PEER, When.PEERS, w -> w.peer(GlidePeer::new, w.cell().in8MiB())),
  /** All GETs or SETs at once. */
  GLIDE_EACH(Kind.PEER, When.PEERS, w -> w.peer(GlidePeer::new, -w.cell().batch()));

  private static final int SMALL = 64 << 10;
  private static final int HUNDRED = 100;

  private final Kind kind;
  private final When when;
  private final Opening opening;

  RespContestant(Kind kind, When when, Opening opening) {
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
  public Entrant open(RespWorkload workload) throws IOException {
    return opening.open(workload);
  }

  /** Tells whether a cell has this contestant. */
  boolean takesPart(RespCell cell) {
    boolean small = cell.pageBytes() < SMALL;
    return switch (cell.beside()) {
      case FLOORS ->
          switch (when) {
            case ALWAYS -> true;
            case READ -> !cell.write();
            case READ_LARGE -> !cell.write() && cell.pageBytes() > Summing.STEPS.step();
            case WRITE -> cell.write();
            default -> false;
          };
      case PEERS ->
          switch (when) {
            case ALWAYS, PEERS -> true;
            case PEERS_READ -> !cell.write();
            default -> false;
          };
      case FAR ->
          switch (when) {
            case ALWAYS, FAR -> true;
            case FAR_READ -> !cell.write();
            case FAR_LARGE -> !cell.write() && !small;
            case FAR_HUNDRED -> small && cell.batch() <= HUNDRED;
            default -> false;
          };
    };
  }

  private enum When {
    ALWAYS,
    READ,
    /** Only pages of more than one step: steps of smaller ones are the whole. */
    READ_LARGE,
    WRITE,
    PEERS,
    PEERS_READ,
    FAR,
    FAR_READ,
    FAR_LARGE,
    /** Few small pages only: one at a time takes a round trip each. */
    FAR_HUNDRED
  }

  private interface Opening {
    Entrant open(RespWorkload workload) throws IOException;
  }
}
