package io.hicache.spi;

/** Values as error messages show them: quoted, printable, and never longer than a line. */
public final class Quoted {
  private static final int LIMIT = 80;

  private Quoted() {}

  /**
   * Returns the text in quotes, control characters escaped, cut where it is longer than a line.
   *
   * @param text the value; never a secret
   */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder("\"");
    int end = Math.min(text.length(), LIMIT);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c >= 0x7f) {
        shown.append("\\u%04x".formatted((int) c));
      } else {
        shown.append(c);
      }
    }
    shown.append('"');
    return end < text.length()
        ? shown.append("… (").append(text.length()).append(" characters)").toString()
        : shown.toString();
  }
}
