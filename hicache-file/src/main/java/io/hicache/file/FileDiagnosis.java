package io.hicache.file;

import io.hicache.HiCacheException;
import io.hicache.StorageConfig;
import io.hicache.ffm.NativeAccess;
import io.hicache.file.engine.Disk;
import io.hicache.file.engine.StoreDirectory;
import io.hicache.spi.Diagnosis;
import io.hicache.spi.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks whether the store's directory is there, or could be made, and what is under it. */
final class FileDiagnosis {
  /** Less free space than this is worth a line: a few pages. */
  private static final long SCARCE_BYTES = 1L << 30;

  private final List<String> findings = new ArrayList<>();
  private final List<String> remedies = new ArrayList<>();
  private boolean available = true;
  private String version = "";

  private FileDiagnosis() {}

  static Diagnosis of(StorageConfig config) {
    FileDiagnosis seen = new FileDiagnosis();
    try {
      FileConfig file = FileConfig.from(config);
      Path dir = file.dir().toAbsolutePath().normalize();
      seen.look(dir, file.dirGiven());
      seen.findings.add(access(file.nativeIo()));
      if (file.naming() == FileConfig.Naming.SGLANG && !file.dirGiven()) {
        seen.judgeOwner(dir);
      }
    } catch (IllegalArgumentException e) {
      seen.missing(String.valueOf(e.getMessage()), "correct that option");
    }
    return new Diagnosis(seen.available, seen.version, seen.findings, seen.remedies);
  }

  private void look(Path dir, boolean given) {
    Path place = dir;
    for (Path up = dir.getParent(); up != null && !Files.exists(place); up = up.getParent()) {
      place = up;
    }
    if (place.equals(dir)) {
      findings.add("dir " + dir + ": exists");
    } else if (given && !place.equals(dir.getParent())) {
      missing(
          "dir " + dir + ": its parent directory does not exist", "mkdir -p " + dir.getParent());
    } else {
      findings.add("dir " + dir + ": will be made at the first open");
    }
    judge(place);
  }

  private void judge(Path place) {
    if (!Files.isDirectory(place)) {
      missing(place + ": is a file", "set option dir to a directory");
    } else if (!Files.isWritable(place) || !Files.isExecutable(place)) {
      missing(
          place + ": may not be written",
          "set option dir to a directory of your own, or: chown \"$USER\" " + place);
    } else {
      findings.add(place + ": may be written");
    }
    try {
      describe(Disk.of(place));
    } catch (IOException e) {
      missing(place + ": " + e.getMessage(), "check that its file system is mounted");
    }
  }

  private void judgeOwner(Path dir) {
    try {
      StoreDirectory.requireOwn(dir);
    } catch (IOException | HiCacheException e) {
      missing(String.valueOf(e.getMessage()), "set option dir to a directory of your own");
    }
  }

  private void describe(Disk disk) {
    long free = disk.usableBytes();
    version = disk.type();
    findings.add("file system " + disk.name() + ", " + disk.type());
    findings.add("free space " + Units.ofBytes(free >> 20 << 20));
    if (disk.readOnly()) {
      missing(disk.name() + ": is mounted read-only", "set option dir to another file system");
    }
    if (free < SCARCE_BYTES) {
      findings.add("free space is below 1GiB: writes will soon be refused");
    }
  }

  private static String access(FileConfig.NativeIo nativeIo) {
    if (nativeIo == FileConfig.NativeIo.OFF) {
      return "native I/O: off by option; channels serve";
    }
    return NativeAccess.granted()
        ? "native I/O: granted"
        : "native I/O: not granted, so slower channels serve; start java with "
            + NativeAccess.flag();
  }

  private void missing(String finding, String remedy) {
    available = false;
    findings.add(finding);
    remedies.add(remedy);
  }
}
