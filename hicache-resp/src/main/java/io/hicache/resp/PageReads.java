package io.hicache.resp;

import io.hicache.Outcome;
import io.hicache.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages: GET, whose string goes from the socket into the page's parts. Nothing of a page is
 * touched before the line that says how long its string is has been read and found right.
 *
 * <p>With a page's last bytes come its record and the next reply's line, and not a byte more: what
 * is copied to the middle of a page leaves the rest of it at an odd address, where a processor
 * moves bytes at half the speed.
 */
final class PageReads implements Pipeline.Step {
  /** A page up to this size is read along with what comes before it, and copied. */
  private static final int SMALL = 4 << 10;

  private final Connection connection;
  private final Turn turn;
  private final List<Page> targets;
  private final byte[][] names;
  private final boolean checksums;
  private final int recordBytes;
  private final List<byte[]> damaged = new ArrayList<>();

  /** Bytes behind the page at hand up to where the next one's begin. */
  private int behind;

  PageReads(
      Connection connection, Turn turn, List<Page> targets, byte[][] names, RespConfig config) {
    this.connection = connection;
    this.turn = turn;
    this.targets = targets;
    this.names = names;
    this.checksums = config.checksums();
    this.recordBytes = config.form().recordBytes();
  }

  /** Returns the keys whose values were found not to be what their own records say. */
  List<byte[]> damaged() {
    return damaged;
  }

  @Override
  public long bytes(int position) {
    return targets.get(position).bytes() + recordBytes;
  }

  @Override
  public void ask(int position) throws IOException {
    RespOutput out = connection.out();
    out.begin(2);
    out.word("GET");
    out.word(names[position]);
  }

  @Override
  public void hear(int position, int next) throws IOException {
    RespInput in = connection.in();
    in.readAhead(bytes(position) <= SMALL ? RespInput.CAPACITY : RespInput.line(bytes(position)));
    behind = recordBytes + RespInput.END + (next < 0 ? 0 : RespInput.line(bytes(next)));
    switch (in.begin()) {
      case '-' -> turn.refused(position, Names.text(names[position]), in.text());
      case '$' -> turn.record(position, value(position, in.number()));
      default -> throw new ProtocolBreach("the reply to GET");
    }
  }

  private Outcome value(int position, long length) throws IOException {
    if (length < 0) {
      return Outcome.ABSENT;
    }
    Page target = targets.get(position);
    if (length != bytes(position)) {
      return otherLength(position, length);
    }
    CRC32C checksum = checksums ? connection.checksum() : null;
    readBody(target, checksum);
    if (recordBytes == 0) {
      return Outcome.DONE;
    }
    switch (connection.record().judge(names[position], target.bytes())) {
      case NEWER -> {
        return Outcome.MISMATCH;
      }
      case VALID -> {
        if (checksum == null || connection.record().matches((int) checksum.getValue())) {
          return Outcome.DONE;
        }
      }
      case DAMAGED -> {}
    }
    damaged.add(names[position]);
    return Outcome.MISMATCH;
  }

  private void readBody(Page target, @Nullable CRC32C checksum) throws IOException {
    RespInput in = connection.in();
    PageRow row = connection.row();
    if (checksum != null) {
      checksum.reset();
    }
    row.lay(target.parts());
    if (target.bytes() > SMALL) {
      in.readAhead(behind);
    }
    try {
      row.read(in, connection.wire(), checksum);
    } finally {
      row.clear();
    }
    if (recordBytes > 0) {
      in.read(connection.record().toRead());
    }
    in.endOfString();
  }

  /** Passes over a value that is not of the length asked for; the target stays as it is. */
  private Outcome otherLength(int position, long length) throws IOException {
    RespInput in = connection.in();
    long payload = length - recordBytes;
    if (payload < 1 || recordBytes == 0) {
      in.skip(length, null);
      in.endOfString();
      if (recordBytes > 0) {
        damaged.add(names[position]);
      }
      return Outcome.MISMATCH;
    }
    in.skip(payload, null);
    in.read(connection.record().toRead());
    in.endOfString();
    if (connection.record().judge(names[position], payload) == ValueRecord.Verdict.DAMAGED) {
      damaged.add(names[position]);
    }
    return Outcome.MISMATCH;
  }
}
