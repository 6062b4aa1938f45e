package io.hicache.resp;

import io.hicache.CallOptions;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PoolName;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Pages of two strings each, as LMCache's older connectors have them: the page's bytes, and
 * metadata that is written after them. Both are fetched together, and a page that lacks one is not
 * there.
 */
final class TwoStrings implements PageTalks {
  private final RespConfig config;
  private final LmcacheNames naming;
  private final LmcacheMetadata metadata;
  private final Window window;
  private final ValueLengths lengths = new ValueLengths(0);

  TwoStrings(RespConfig config, LmcacheNames naming, LmcacheMetadata metadata, Window window) {
    this.config = config;
    this.naming = naming;
    this.metadata = metadata;
    this.window = window;
  }

  /** Says the same: LMCache's names are the same in every call. */
  @Override
  public PageTalks named(PageNames names) {
    return this;
  }

  @Override
  public Calls.Talk read(List<Page> targets) {
    TwoNames names = names(targets.stream().map(Page::key).toList());
    return (connection, turn) ->
        new Pipeline(connection, turn, window, config.chunk())
            .run(
                Names.positions(names.size()),
                new TwoStringReads(connection, turn, targets, names));
  }

  @Override
  public Calls.Talk write(List<Page> sources, CallOptions options) {
    TwoNames names = names(sources.stream().map(Page::key).toList());
    return (connection, turn) -> {
      Pipeline pipeline = new Pipeline(connection, turn, window, config.chunk());
      TwoStringWrites writes =
          new TwoStringWrites(
              connection, turn, pipeline, sources, names, metadata, config, options.ttl());
      if (options.overwrite()) {
        writes.overwrite();
      } else {
        writes.putIfAbsent();
      }
    };
  }

  @Override
  public Calls.Talk present(List<PageKey> keys) {
    TwoNames names = names(keys);
    return (connection, turn) -> {
      Lengths bytes =
          Lengths.ask(
              connection, turn, pipeline(connection, turn), names, Names.positions(names.size()));
      pipeline(connection, turn)
          .run(
              bytes.answered(),
              new Questions(
                  connection,
                  turn,
                  "STRLEN",
                  names.metadata(),
                  (i, n) -> turn.record(i, isThere(keys.get(i), bytes.of(i), n))));
    };
  }

  private Outcome isThere(PageKey key, long bytes, long metadataBytes) {
    return LmcacheMetadata.isForm(metadataBytes) && lengths.isPage(key, bytes)
        ? Outcome.DONE
        : Outcome.ABSENT;
  }

  @Override
  public Calls.Talk delete(List<PageKey> keys) {
    TwoNames names = names(keys);
    return (connection, turn) ->
        pipeline(connection, turn)
            .run(Names.positions(names.size()), new TwoStringDeletes(connection, turn, names));
  }

  @Override
  public Calls.Talk length(PageKey key, LongConsumer found) {
    TwoNames names = names(List.of(key));
    return (connection, turn) ->
        pipeline(connection, turn)
            .run(
                Names.positions(1),
                new Questions(
                    connection,
                    turn,
                    "STRLEN",
                    names.bytes(),
                    (i, n) -> {
                      found.accept(n);
                      turn.record(i, Outcome.DONE);
                    }));
  }

  @Override
  public void expect(PoolName pool, long bytes) {
    lengths.expect(pool, bytes);
  }

  private Pipeline pipeline(Connection connection, Turn turn) {
    return new Pipeline(connection, turn, window, SHORT_QUESTIONS);
  }

  private TwoNames names(List<PageKey> keys) {
    return new TwoNames(
        Names.encoded(keys.size(), i -> naming.name(keys.get(i))),
        Names.encoded(keys.size(), i -> naming.metadata(keys.get(i))));
  }

  /** The keys of pages: of the strings with their bytes, and of those with their metadata. */
  static final class TwoNames {
    private final byte[][] bytes;
    private final byte[][] metadata;

    private TwoNames(byte[][] bytes, byte[][] metadata) {
      this.bytes = bytes;
      this.metadata = metadata;
    }

    byte[][] bytes() {
      return bytes;
    }

    byte[][] metadata() {
      return metadata;
    }

    int size() {
      return bytes.length;
    }
  }

  /** How long the strings with pages' bytes are, as far as the server answered. */
  static final class Lengths {
    private final long[] lengths;

    private Lengths(int size) {
      lengths = new long[size];
      Arrays.fill(lengths, -1);
    }

    static Lengths ask(
        Connection connection, Turn turn, Pipeline pipeline, TwoNames names, int[] positions)
        throws IOException {
      Lengths found = new Lengths(names.size());
      pipeline.run(
          positions,
          new Questions(connection, turn, "STRLEN", names.bytes(), (i, n) -> found.lengths[i] = n));
      return found;
    }

    long of(int position) {
      return lengths[position];
    }

    int[] answered() {
      return IntStream.range(0, lengths.length).filter(i -> lengths[i] >= 0).toArray();
    }
  }

  /** UNLINK of both strings of a page, in one command. */
  private record TwoStringDeletes(Connection connection, Turn turn, TwoNames names)
      implements Pipeline.Step {
    @Override
    public long bytes(int position) {
      return 0;
    }

    @Override
    public void ask(int position) throws IOException {
      RespOutput out = connection.out();
      out.begin(3);
      out.word("UNLINK");
      out.word(names.metadata()[position]);
      out.word(names.bytes()[position]);
    }

    @Override
    public void hear(int position, int next) throws IOException {
      RespInput in = connection.in();
      in.readAhead(RespInput.CAPACITY);
      switch (in.begin()) {
        case '-' -> turn.refused(position, Names.text(names.bytes()[position]), in.text());
        case ':' -> turn.record(position, in.number() > 0 ? Outcome.DONE : Outcome.ABSENT);
        default -> throw new ProtocolBreach("the reply to UNLINK");
      }
    }
  }
}
