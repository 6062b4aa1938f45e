package io.hicache.resp;

import io.hicache.Outcome;
import io.hicache.Page;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes pages: SET, whose string goes from the page's parts to the socket in gathering writes.
 *
 * <p>Put-if-absent asks first whether a large page is there, because the server takes its bytes
 * before it looks; small ones it sends at once. A page that is there with another length is
 * replaced.
 */
final class PageWrites {
  /** Pages above this size are asked for first. */
  static final int LARGE = 16 << 10;

  /**
   * A page up to this size is copied, and goes out along with others: a call for each is dearer.
   */
  private static final int SMALL = 4 << 10;

  private static final byte[] EMPTY = {};
  private static final byte[] NX = "$2\r\nNX\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Connection connection;
  private final Turn turn;
  private final Pipeline pipeline;
  private final List<Page> sources;
  private final byte[][] names;
  private final boolean checksums;
  private final int recordBytes;
  private final byte[] expiry;
  private final boolean[] missing;
  private final boolean[] replace;
  private final ByteBuffer tail;

  PageWrites(
      Connection connection,
      Turn turn,
      Pipeline pipeline,
      List<Page> sources,
      byte[][] names,
      RespConfig config,
      Optional<Duration> ttl) {
    this.connection = connection;
    this.tail = connection.tail();
    this.turn = turn;
    this.pipeline = pipeline;
    this.sources = sources;
    this.names = names;
    this.checksums = config.checksums();
    this.recordBytes = config.form().recordBytes();
    this.expiry = ttl.or(config::ttl).map(PageWrites::expiry).orElse(EMPTY);
    this.missing = new boolean[names.length];
    this.replace = new boolean[names.length];
  }

  /** Writes all pages, whatever is there. */
  void overwrite() throws IOException {
    pipeline.run(Names.positions(names.length), new Sets(false));
  }

  /**
   * Writes the pages that are not there. What an interrupt cut short was not there a moment ago: it
   * is written whatever is there now, which is the same page if anything.
   */
  void putIfAbsent() throws IOException {
    BitSet cut = turn.cutShort();
    pipeline.run(where(cut::get), new Sets(false));
    pipeline.run(where(i -> isLarge(i) && !cut.get(i)), lengths());
    int[] absent = where(i -> missing[i] || (!isLarge(i) && !cut.get(i)));
    Arrays.fill(missing, false);
    int[] other = where(i -> replace[i]);
    pipeline.run(absent, new Sets(true));
    pipeline.run(other, new Sets(false));
    Arrays.fill(replace, false);
    int[] raced = where(i -> missing[i]);
    Arrays.fill(missing, false);
    pipeline.run(raced, lengths());
    pipeline.run(where(i -> replace[i] || missing[i]), new Sets(false));
  }

  private boolean isLarge(int position) {
    return sources.get(position).bytes() > LARGE;
  }

  private int[] where(IntPredicate condition) {
    return IntStream.range(0, names.length).filter(condition).toArray();
  }

  private Questions lengths() {
    return new Questions(
        connection,
        turn,
        "STRLEN",
        names,
        (i, length) -> {
          missing[i] = length == 0;
          replace[i] = length != 0 && length != valueBytes(i);
          if (!missing[i] && !replace[i]) {
            turn.record(i, Outcome.KEPT);
          }
        });
  }

  private long valueBytes(int position) {
    return sources.get(position).bytes() + recordBytes;
  }

  /** Returns the words of SET that give a string a time to live. */
  static byte[] expiry(Duration ttl) {
    String millis = Long.toString(Math.max(1, ttl.toMillis()));
    return "$2\r\nPX\r\n$%d\r\n%s\r\n"
        .formatted(millis.length(), millis)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** SET, with NX or without. */
  private final class Sets implements Pipeline.Step {
    private final boolean ifAbsent;

    Sets(boolean ifAbsent) {
      this.ifAbsent = ifAbsent;
    }

    @Override
    public long bytes(int position) {
      return valueBytes(position);
    }

    @Override
    public void ask(int position) throws IOException {
      Page source = sources.get(position);
      turn.sends(position);
      RespOutput out = connection.out();
      out.begin(3 + (ifAbsent ? 1 : 0) + (expiry.length == 0 ? 0 : 2));
      out.word("SET");
      out.word(names[position]);
      out.beginWord(valueBytes(position));
      CRC32C checksum = checksums ? connection.checksum() : null;
      if (checksum != null) {
        checksum.reset();
      }
      connection.row().lay(source.parts());
      try {
        if (source.bytes() <= SMALL) {
          connection.row().copy(out, checksum);
          tail.clear();
          seal(position, checksum);
          out.bytes(tail);
        } else {
          send(position, checksum);
        }
      } finally {
        connection.row().clear();
      }
    }

    private void send(int position, @Nullable CRC32C checksum) throws IOException {
      ByteBuffer head = connection.out().head();
      try {
        connection
            .row()
            .write(connection.wire(), head, tail.clear(), checksum, () -> seal(position, checksum));
      } finally {
        connection.out().headWritten();
      }
    }

    @Override
    public void hear(int position, int next) throws IOException {
      RespInput in = connection.in();
      in.readAhead(RespInput.CAPACITY);
      switch (in.begin()) {
        case '+' -> turn.record(position, Outcome.DONE);
        case '-' -> turn.refused(position, Names.text(names[position]), in.text());
        case '$' -> {
          if (!ifAbsent || in.number() >= 0) {
            throw new ProtocolBreach("the reply to SET");
          }
          missing[position] = true;
        }
        default -> throw new ProtocolBreach("the reply to SET");
      }
    }

    private void seal(int position, @Nullable CRC32C checksum) {
      int sum = checksum == null ? 0 : (int) checksum.getValue();
      long payload = sources.get(position).bytes();
      if (recordBytes > 0) {
        connection.record().write(names[position], payload, checksum != null, sum, tail);
      }
      tail.put((byte) '\r').put((byte) '\n');
      if (ifAbsent) {
        tail.put(NX);
      }
      tail.put(expiry).flip();
    }
  }
}
