package io.hicache.resp;

import io.hicache.Outcome;
import io.hicache.Page;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Writes pages of two strings: SET of the bytes, and SET of the metadata of those pages alone whose
 * bytes the server has taken, so that metadata never stands for bytes that are not there.
 *
 * <p>Put-if-absent asks first which strings there are. A page that lacks one, or is of another
 * length, is written anew; two writers of one page write the same.
 */
final class TwoStringWrites {
  /**
   * A page up to this size is copied, and goes out along with others: a call for each is dearer.
   */
  private static final int SMALL = 4 << 10;

  private static final byte[] EMPTY = {};
  private static final byte[] END = "\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Connection connection;
  private final Turn turn;
  private final Pipeline pipeline;
  private final List<Page> sources;
  private final TwoStrings.TwoNames names;
  private final LmcacheMetadata metadata;
  private final byte[] expiry;
  private final boolean[] wanted;
  private final boolean[] taken;
  private final boolean[] done;

  TwoStringWrites(
      Connection connection,
      Turn turn,
      Pipeline pipeline,
      List<Page> sources,
      TwoStrings.TwoNames names,
      LmcacheMetadata metadata,
      RespConfig config,
      Optional<Duration> ttl) {
    this.connection = connection;
    this.turn = turn;
    this.pipeline = pipeline;
    this.sources = sources;
    this.names = names;
    this.metadata = metadata;
    this.expiry = ttl.or(config::ttl).map(PageWrites::expiry).orElse(EMPTY);
    this.wanted = new boolean[names.size()];
    this.taken = new boolean[names.size()];
    this.done = new boolean[names.size()];
  }

  /** Writes all pages, whatever is there. */
  void overwrite() throws IOException {
    write(Names.positions(names.size()));
  }

  /**
   * Writes the pages that are not there. What an interrupt cut short was not there a moment ago: it
   * is written whatever is there now, which is the same page if anything.
   */
  void putIfAbsent() throws IOException {
    BitSet cut = turn.cutShort();
    TwoStrings.Lengths bytes =
        TwoStrings.Lengths.ask(connection, turn, pipeline, names, where(i -> !cut.get(i)));
    pipeline.run(
        bytes.answered(),
        new Questions(
            connection,
            turn,
            "STRLEN",
            names.metadata(),
            (i, n) -> {
              wanted[i] = bytes.of(i) != sources.get(i).bytes() || !LmcacheMetadata.isForm(n);
              if (!wanted[i]) {
                turn.record(i, Outcome.KEPT);
              }
            }));
    write(where(i -> wanted[i] || cut.get(i)));
  }

  /** A page whose bytes were taken has begun: where its metadata is not, it is lost with others. */
  private void write(int[] positions) throws IOException {
    try {
      pipeline.run(positions, new Bytes());
      pipeline.run(where(i -> taken[i]), new Metadata());
    } catch (IOException e) {
      turn.alsoLost(where(i -> taken[i] && !done[i]));
      throw e;
    }
  }

  private int[] where(IntPredicate condition) {
    return IntStream.range(0, names.size()).filter(condition).toArray();
  }

  private boolean taken(int position, byte[] name) throws IOException {
    RespInput in = connection.in();
    in.readAhead(RespInput.CAPACITY);
    return switch (in.begin()) {
      case '+' -> true;
      case '-' -> {
        turn.refused(position, Names.text(name), in.text());
        yield false;
      }
      default -> throw new ProtocolBreach("the reply to SET");
    };
  }

  private RespOutput begin(byte[] name) throws IOException {
    RespOutput out = connection.out();
    out.begin(3 + (expiry.length == 0 ? 0 : 2));
    out.word("SET");
    out.word(name);
    return out;
  }

  /** SET of a page's bytes. */
  private final class Bytes implements Pipeline.Step {
    @Override
    public long bytes(int position) {
      return sources.get(position).bytes();
    }

    @Override
    public void ask(int position) throws IOException {
      Page source = sources.get(position);
      turn.sends(position);
      RespOutput out = begin(names.bytes()[position]);
      out.beginWord(source.bytes());
      ByteBuffer tail = connection.tail().clear();
      tail.put(END).put(expiry).flip();
      connection.row().lay(source.parts());
      try {
        if (source.bytes() <= SMALL) {
          connection.row().copy(out, null);
          out.bytes(tail);
        } else {
          send(out, tail);
        }
      } finally {
        connection.row().clear();
      }
    }

    private void send(RespOutput out, ByteBuffer tail) throws IOException {
      try {
        connection.row().write(connection.wire(), out.head(), tail, null, () -> {});
      } finally {
        out.headWritten();
      }
    }

    @Override
    public void hear(int position, int next) throws IOException {
      taken[position] = taken(position, names.bytes()[position]);
    }
  }

  /** SET of a page's metadata. */
  private final class Metadata implements Pipeline.Step {
    @Override
    public long bytes(int position) {
      return metadata.bytes();
    }

    @Override
    public void ask(int position) throws IOException {
      RespOutput out = begin(names.metadata()[position]);
      out.word(metadata.encoded((int) sources.get(position).bytes()));
      out.raw(expiry);
    }

    @Override
    public void hear(int position, int next) throws IOException {
      done[position] = true;
      if (taken(position, names.metadata()[position])) {
        turn.record(position, Outcome.DONE);
      }
    }
  }
}
