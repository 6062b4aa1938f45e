package io.hicache.resp;

import io.hicache.HiCacheException;
import io.hicache.Priority;
import io.hicache.spi.Deadline;
import io.hicache.spi.NamespaceRecord;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The records of the namespaces that a server holds, each in a key of its own. */
final class Namespaces {
  private static final System.Logger LOG = System.getLogger("io.hicache.resp");

  private Namespaces() {}

  /** Records a namespace that is new; checks that one that is not is the same. */
  static void open(NamespaceRecord record, boolean compare, Calls calls, Lane lane) {
    calls.single(
        "open of namespace " + record.id(),
        lane,
        Priority.GET,
        Deadline.NONE,
        (connection, turn) -> {
          String key = PageNaming.recordKey(record.id());
          String there = calls.keyspace(connection).putIfAbsent(key, record.text());
          if (compare) {
            record.requireSame(NamespaceRecord.parse(record.id(), there));
          }
        });
  }

  /** Lists the namespaces in order of their ids; one whose record is damaged is left out. */
  static List<NamespaceRecord> list(Calls calls, Lane lane) {
    List<NamespaceRecord> found = new ArrayList<>();
    calls.single(
        "listing of namespaces",
        lane,
        Priority.GET,
        Deadline.NONE,
        (connection, turn) -> {
          found.clear();
          collect(calls.keyspace(connection), found);
        });
    found.sort(Comparator.comparing(NamespaceRecord::id));
    return List.copyOf(found);
  }

  private static void collect(Keyspace keyspace, List<NamespaceRecord> found) throws IOException {
    SortedSet<String> ids = new TreeSet<>();
    keyspace.scan(
        PageNaming.RECORDS + "*",
        keys ->
            keys.forEach(key -> ids.add(Names.text(key).substring(PageNaming.RECORDS.length()))));
    for (String id : ids) {
      String text = keyspace.text(PageNaming.recordKey(id));
      try {
        found.add(NamespaceRecord.parse(id, text));
      } catch (HiCacheException | IllegalArgumentException e) {
        LOG.log(Level.WARNING, "left out of the list of namespaces: " + e.getMessage());
      }
    }
  }
}
