package io.hicache.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Tells how far a task is: a bar on a terminal, elsewhere a line now and then. */
sealed interface Progress extends AutoCloseable {

  /**
   * Starts telling.
   *
   * @param task what is being done
   * @param pages how many pages there are
   * @param err where lines go
   */
  static Progress start(String task, int pages, PrintWriter err) {
    return Terminal.draws() ? new Bar(task, pages) : new Lines(task, pages, err);
  }

  /** Tells that so many pages are done. */
  void reached(int done);

  @Override
  void close();

  /** A bar, drawn in place. */
  final class Bar implements Progress {
    private final ProgressBar bar;

    private Bar(String task, int pages) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(pages)
              .setUnit(" pages", 1)
              .build();
    }

    @Override
    public void reached(int done) {
      bar.stepTo(done);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** A line every two seconds; none at all for a task that is shorter. */
  final class Lines implements Progress {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final String task;
    private final int pages;
    private final PrintWriter err;
    private long told = System.nanoTime();

    private Lines(String task, int pages, PrintWriter err) {
      this.task = task;
      this.pages = pages;
      this.err = err;
    }

    @Override
    public void reached(int done) {
      if (System.nanoTime() - told >= INTERVAL_NANOS) {
        err.println("hicache: %s: %d of %d pages".formatted(task, done, pages));
        err.flush();
        told = System.nanoTime();
      }
    }

    @Override
    public void close() {}
  }
}
