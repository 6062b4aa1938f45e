package io.hicache.codec;

import java.util.Arrays;
import java.util.Random;

/** Garbles bytes in the ways in which stores, disks and forgers do. */
final class Mutator {
  private final Random random;

  Mutator(long seed) {
    random = new Random(seed);
  }

  /** Returns a changed copy, one to three times changed. */
  byte[] mutate(byte[] stored, byte[] other) {
    byte[] changed = stored.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      changed = once(changed, other);
    }
    return changed;
  }

  private byte[] once(byte[] from, byte[] other) {
    byte[] bytes = from.clone();
    if (bytes.length == 0) {
      return other.clone();
    }
    int at = at(bytes.length);
    int run = Math.min(1 + random.nextInt(40), bytes.length - at);
    switch (random.nextInt(9)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> bytes[at] = (byte) 0xff;
      case 3 -> Arrays.fill(bytes, at, at + run, (byte) (random.nextBoolean() ? 0 : 0xff));
      case 4 -> System.arraycopy(Samples.random(run, random.nextLong()), 0, bytes, at, run);
      case 5 -> bytes = Arrays.copyOf(bytes, at);
      case 6 -> bytes = Arrays.copyOf(bytes, bytes.length + run);
      case 7 -> System.arraycopy(bytes, at(bytes.length - run + 1), bytes, at, run);
      default -> {
        int end = Math.min(at + run, other.length);
        System.arraycopy(
            other, Math.min(at, end), bytes, Math.min(at, end), end - Math.min(at, end));
      }
    }
    return bytes;
  }

  /** A third of the places lie in the header. */
  private int at(int length) {
    return random.nextInt(random.nextInt(3) == 0 ? Math.min(length, StoredBytes.HEADER) : length);
  }
}
