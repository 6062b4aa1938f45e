package io.hicache.bench.resp;

import io.hicache.bench.Cell;
import io.hicache.bench.Effort;
import io.hicache.bench.Suite;
import io.hicache.bench.resp.RespCell.Beside;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The backends that speak RESP, beside a server on this machine. */
public final class RespSuite implements Suite {
  private static final List<Integer> PAGE_BYTES = List.of(64 << 10, 256 << 10, 1 << 20, 4 << 20);
  private static final List<Integer> OTHER_BATCHES = List.of(1, 8, 128);
  private static final int BATCH = 64;

  @Override
  public String name() {
    return "resp";
  }

  @Override
  public List<Cell> cells(Effort effort) {
    List<ServerProgram> servers =
        Arrays.stream(ServerProgram.values()).filter(ServerProgram::isHere).toList();
    List<Cell> cells = new ArrayList<>();
    for (ServerProgram server : effort == Effort.FULL ? servers : servers.subList(0, 1)) {
      for (boolean write : new boolean[] {false, true}) {
        for (int bytes : PAGE_BYTES) {
          cells.add(new RespCell(server, write, bytes, BATCH, Beside.FLOORS));
          if (effort == Effort.FULL || bytes == 1 << 20) {
            cells.add(new RespCell(server, write, bytes, BATCH, Beside.PEERS));
          }
        }
        if (effort == Effort.FULL) {
          OTHER_BATCHES.forEach(batch -> {
            cells.add(new RespCell(server, write, 64 << 10, batch, Beside.FLOORS));
            cells.add(new RespCell(server, write, 1 << 20, batch, Beside.FLOORS));
          });
        }
      }
      cells.addAll(far(server));
    }
    return cells;
  }

  private static List<Cell> far(ServerProgram server) {
    return List.of(
        new RespCell(server, false, 2 << 10, 100, Beside.FAR),
        new RespCell(server, true, 2 << 10, 100, Beside.FAR),
        new RespCell(server, false, 64, 4096, Beside.FAR),
        new RespCell(server, false, 1 << 20, BATCH, Beside.FAR));
  }

  @Override
  public Cell cell(String name) {
    return RespCell.parse(name);
  }
}
