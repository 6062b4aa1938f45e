package io.hicache.tck;

import io.hicache.PageLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the rows of a page lie, worked out from the axes of SGLang 0.5.23's arrays ({@code
 * pool_host/mha.py}, {@code mla.py}, {@code mamba.py}) and not by the library, whose answers are
 * under test.
 *
 * <p>Rows are listed half by half, layer by layer, token by token and head by head, whatever the
 * layout: what they hold in this order is the <em>logical page</em>.
 *
 * @param rows in logical order
 */
record RowMap(List<Row> rows) {

  /** One row of every page: where it lies in page 0, how far apart pages are, and its bytes. */
  record Row(long offset, long stride, int bytes) {
    long at(long page) {
      return offset + page * stride;
    }
  }

  /**
   * Maps a pool of keys and values, or of latent rows.
   *
   * @param layout the order of the axes
   * @param halves 2 for keys and values, 1 for latent rows
   * @param tokens token slots of the pool
   */
  static RowMap of(
      PageLayout layout, int halves, int layers, long tokens, int pageTokens, int heads, int row) {
    List<Row> rows = new ArrayList<>();
    long half = tokens * layers * heads;
    long stride = (long) pageTokens * heads * (layout == PageLayout.LAYER_FIRST ? 1 : layers);
    for (int h = 0; h < halves; h++) {
      for (int layer = 0; layer < layers; layer++) {
        for (int token = 0; token < pageTokens; token++) {
          for (int head = 0; head < heads; head++) {
            long in =
                switch (layout) {
                  case LAYER_FIRST -> (layer * tokens + token) * heads + head;
                  case PAGE_FIRST -> ((long) token * layers + layer) * heads + head;
                  case PAGE_FIRST_DIRECT -> ((long) layer * pageTokens + token) * heads + head;
                  case PAGE_HEAD -> ((long) head * pageTokens + token) * layers + layer;
                };
            rows.add(new Row((h * half + in) * row, stride * row, row));
          }
        }
      }
    }
    return new RowMap(rows);
  }

  /** Maps arrays of states that lie apart: one row of each a page. */
  static RowMap ofStates(List<Long> offsets, List<Integer> bytes) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < bytes.size(); i++) {
      rows.add(new Row(offsets.get(i), bytes.get(i), bytes.get(i)));
    }
    return new RowMap(rows);
  }

  /** Returns the bytes of a page. */
  int pageBytes() {
    return rows.stream().mapToInt(Row::bytes).sum();
  }

  /** Puts a logical page where a page lies. */
  void put(byte[] logical, long page, byte[] memory, int base) {
    int from = 0;
    for (Row row : rows) {
      System.arraycopy(logical, from, memory, base + (int) row.at(page), row.bytes());
      from += row.bytes();
    }
  }
}
