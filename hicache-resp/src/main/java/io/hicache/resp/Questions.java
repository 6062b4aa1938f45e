package io.hicache.resp;

import java.io.IOException;

/** Asks one short command per key whose answer is a number: STRLEN, UNLINK. */
final class Questions implements Pipeline.Step {
  /** Takes an answer. */
  interface Answer {
    void take(int position, long number);
  }

  private final Connection connection;
  private final Turn turn;
  private final String command;
  private final byte[][] names;
  private final Answer answer;

  Questions(Connection connection, Turn turn, String command, byte[][] names, Answer answer) {
    this.connection = connection;
    this.turn = turn;
    this.command = command;
    this.names = names;
    this.answer = answer;
  }

  @Override
  public long bytes(int position) {
    return 0;
  }

  @Override
  public void ask(int position) throws IOException {
    RespOutput out = connection.out();
    out.begin(2);
    out.word(command);
    out.word(names[position]);
  }

  @Override
  public void hear(int position, int next) throws IOException {
    RespInput in = connection.in();
    in.readAhead(RespInput.CAPACITY);
    switch (in.begin()) {
      case '-' -> turn.refused(position, Names.text(names[position]), in.text());
      case ':' -> answer.take(position, in.number());
      default -> throw new ProtocolBreach("the reply to " + command);
    }
  }
}
