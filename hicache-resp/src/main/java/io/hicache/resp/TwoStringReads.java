package io.hicache.resp;

import io.hicache.Outcome;
import io.hicache.Page;
import java.io.IOException;
import java.util.List;

/**
 * Reads pages of two strings: MGET of both, so that they are of one moment. Nothing of a page is
 * touched before its metadata and the length of its string have been read and found right.
 */
final class TwoStringReads implements Pipeline.Step {
  private static final int MAX_METADATA = 4 << 10;

  /** A page up to this size is read along with what comes before it, and copied. */
  private static final int SMALL = 4 << 10;

  private final Connection connection;
  private final Turn turn;
  private final List<Page> targets;
  private final TwoStrings.TwoNames names;

  /** Bytes behind the page at hand up to where the next one's begin. */
  private int behind;

  TwoStringReads(Connection connection, Turn turn, List<Page> targets, TwoStrings.TwoNames names) {
    this.connection = connection;
    this.turn = turn;
    this.targets = targets;
    this.names = names;
  }

  @Override
  public long bytes(int position) {
    return targets.get(position).bytes() + LmcacheMetadata.LEAST_BYTES;
  }

  @Override
  public void ask(int position) throws IOException {
    RespOutput out = connection.out();
    out.begin(3);
    out.word("MGET");
    out.word(names.metadata()[position]);
    out.word(names.bytes()[position]);
  }

  @Override
  public void hear(int position, int next) throws IOException {
    RespInput in = connection.in();
    in.readAhead(isSmall(position) ? RespInput.CAPACITY : before(position));
    behind = RespInput.END + (next < 0 ? 0 : before(next));
    char type = in.begin();
    if (type == '-') {
      turn.refused(position, Names.text(names.bytes()[position]), in.text());
      return;
    }
    if (type != '*' || in.number() != 2) {
      throw new ProtocolBreach("the reply to MGET");
    }
    turn.record(position, page(targets.get(position)));
  }

  private boolean isSmall(int position) {
    return targets.get(position).bytes() <= SMALL;
  }

  /** Returns how many bytes come before a page's, at least: what is read beyond must be copied. */
  private int before(int position) {
    return RespInput.line(2)
        + RespInput.line(LmcacheMetadata.LEAST_BYTES)
        + LmcacheMetadata.LEAST_BYTES
        + RespInput.END
        + RespInput.line(targets.get(position).bytes());
  }

  private Outcome page(Page target) throws IOException {
    RespInput in = connection.in();
    Outcome metadata = metadata(target.bytes());
    long length = string();
    if (length < 0) {
      return Outcome.ABSENT;
    }
    if (metadata == Outcome.DONE && length == target.bytes()) {
      connection.row().lay(target.parts());
      if (target.bytes() > SMALL) {
        in.readAhead(behind);
      }
      try {
        connection.row().read(in, connection.wire(), null);
      } finally {
        connection.row().clear();
      }
      in.endOfString();
      return Outcome.DONE;
    }
    in.skip(length, null);
    in.endOfString();
    return metadata == Outcome.ABSENT ? Outcome.ABSENT : Outcome.MISMATCH;
  }

  private Outcome metadata(long expected) throws IOException {
    long length = string();
    if (length < 0) {
      return Outcome.ABSENT;
    }
    if (length > MAX_METADATA || !LmcacheMetadata.isForm(length)) {
      connection.in().skip(length, null);
      connection.in().endOfString();
      return Outcome.MISMATCH;
    }
    byte[] metadata = connection.in().string(MAX_METADATA);
    return LmcacheMetadata.length(metadata) == expected ? Outcome.DONE : Outcome.MISMATCH;
  }

  private long string() throws IOException {
    if (connection.in().begin() != '$') {
      throw new ProtocolBreach("the reply to MGET");
    }
    return connection.in().number();
  }
}
