package io.hicache.resp;

import io.hicache.CallOptions;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PoolName;
import java.util.List;
import java.util.function.LongConsumer;

/** Pages of one string each. */
final class OneString implements PageTalks {
  private final RespConfig config;
  private final PageNames naming;
  private final Window window;
  private final ValueLengths lengths;
  private final DamagedValues damaged;

  OneString(RespConfig config, PageNames naming, Window window) {
    this.config = config;
    this.naming = naming;
    this.window = window;
    this.lengths = new ValueLengths(config.form().recordBytes());
    this.damaged = new DamagedValues(config);
  }

  private OneString(OneString talks, PageNames naming) {
    this.config = talks.config;
    this.naming = naming;
    this.window = talks.window;
    this.lengths = talks.lengths;
    this.damaged = talks.damaged;
  }

  @Override
  public PageTalks named(PageNames names) {
    return names.equals(naming) ? this : new OneString(this, names);
  }

  @Override
  public Calls.Talk read(List<Page> targets) {
    byte[][] names = names(targets.stream().map(Page::key).toList());
    return (connection, turn) -> {
      PageReads reads = new PageReads(connection, turn, targets, names, config);
      new Pipeline(connection, turn, window, config.chunk())
          .run(Names.positions(names.length), reads);
      damaged.take(reads.damaged(), connection, turn);
    };
  }

  @Override
  public Calls.Talk write(List<Page> sources, CallOptions options) {
    byte[][] names = names(sources.stream().map(Page::key).toList());
    return (connection, turn) -> {
      Pipeline pipeline = new Pipeline(connection, turn, window, config.chunk());
      PageWrites writes =
          new PageWrites(connection, turn, pipeline, sources, names, config, options.ttl());
      if (options.overwrite()) {
        writes.overwrite();
      } else {
        writes.putIfAbsent();
      }
    };
  }

  @Override
  public Calls.Talk present(List<PageKey> keys) {
    return ask(
        "STRLEN",
        keys,
        (i, length) -> lengths.isPage(keys.get(i), length) ? Outcome.DONE : Outcome.ABSENT);
  }

  @Override
  public Calls.Talk delete(List<PageKey> keys) {
    return ask("UNLINK", keys, (i, removed) -> removed > 0 ? Outcome.DONE : Outcome.ABSENT);
  }

  @Override
  public Calls.Talk length(PageKey key, LongConsumer found) {
    return ask(
        "STRLEN",
        List.of(key),
        (i, length) -> {
          found.accept(Math.max(0, length - config.form().recordBytes()));
          return Outcome.DONE;
        });
  }

  @Override
  public void expect(PoolName pool, long bytes) {
    lengths.expect(pool, bytes);
  }

  /** What a number that the server answered means. */
  private interface Meaning {
    Outcome of(int position, long number);
  }

  private Calls.Talk ask(String command, List<PageKey> keys, Meaning meaning) {
    byte[][] names = names(keys);
    return (connection, turn) ->
        new Pipeline(connection, turn, window, SHORT_QUESTIONS)
            .run(
                Names.positions(names.length),
                new Questions(
                    connection,
                    turn,
                    command,
                    names,
                    (i, number) -> turn.record(i, meaning.of(i, number))));
  }

  private byte[][] names(List<PageKey> keys) {
    return Names.encoded(keys.size(), i -> naming.name(keys.get(i)));
  }
}
