package io.hicache.resp;

import java.io.IOException;
import java.util.Arrays;

/**
 * Asks for many things on one connection, ahead of their replies as far as the window and the chunk
 * allow, and hears the replies in order.
 *
 * <p>Questions are small or, where they carry pages, their replies are; so neither side ever waits
 * for the other to read.
 */
final class Pipeline {
  /** What is asked and heard for one position. */
  interface Step {
    /** Returns how many bytes are under way from question to reply. */
    long bytes(int position);

    /** Writes the question. */
    void ask(int position) throws IOException;

    /**
     * Reads the reply and records what it means.
     *
     * @param next the position whose reply comes next, if it has been asked for; else −1
     */
    void hear(int position, int next) throws IOException;
  }

  private static final int NONE = -1;

  private final Connection connection;
  private final Turn turn;
  private final Window window;
  private final int chunk;
  private long bytesUnderWay;

  Pipeline(Connection connection, Turn turn, Window window, int chunk) {
    this.connection = connection;
    this.turn = turn;
    this.window = window;
    this.chunk = chunk;
  }

  /** Asks for all positions, or until the turn is over; hears everything that was asked for. */
  void run(int[] all, Step step) throws IOException {
    int[] positions = turn.open(all);
    int asked = 0;
    int heard = 0;
    try {
      while (true) {
        while (asked < positions.length && mayAsk(asked - heard, step.bytes(positions[asked]))) {
          bytesUnderWay += step.bytes(positions[asked]);
          step.ask(positions[asked++]);
        }
        connection.out().flush();
        if (heard == asked) {
          return;
        }
        step.hear(positions[heard], heard + 1 < asked ? positions[heard + 1] : NONE);
        give(step.bytes(positions[heard++]));
      }
    } catch (IOException e) {
      turn.lost(Arrays.copyOfRange(positions, heard, asked));
      throw e;
    } finally {
      for (; heard < asked; heard++) {
        give(step.bytes(positions[heard]));
      }
    }
  }

  private boolean mayAsk(int underWay, long bytes) {
    boolean must = underWay == 0;
    return underWay < chunk
        && turn.goOn()
        && (must || bytesUnderWay + bytes <= window.each())
        && window.take(bytes, must);
  }

  private void give(long bytes) {
    bytesUnderWay -= bytes;
    window.give(bytes);
  }
}
