package io.hicache.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Undoes what a command set up, in reverse order, once: when the command is done, or when the
 * process is told to end before.
 */
final class Cleanup implements AutoCloseable {
  private final Deque<Runnable> actions = new ArrayDeque<>();
  private final Thread hook = new Thread(this::end, "cleanup");
  private volatile boolean ending;

  Cleanup() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Adds what to do first of all. */
  synchronized void add(Runnable action) {
    actions.push(action);
  }

  /** Tells whether the process is ending, so that errors mean nothing any more. */
  boolean ending() {
    return ending;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      ending = true; // the hook is at it
      return;
    }
    undo();
  }

  private void end() {
    ending = true;
    undo();
  }

  private void undo() {
    while (true) {
      Runnable action;
      synchronized (this) {
        action = actions.poll();
      }
      if (action == null) {
        return;
      }
      action.run();
    }
  }
}
