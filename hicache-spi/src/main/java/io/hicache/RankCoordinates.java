package io.hicache;

import java.util.OptionalInt;

/**
 * Where in a parallel deployment this process stands, as SGLang's storage configuration counts: the
 * attention ranks where attention is data-parallel.
 *
 * @param tpRank tensor-parallel rank, 0 to {@code tpSize} − 1
 * @param tpSize tensor-parallel size
 * @param ppRank pipeline-parallel rank
 * @param ppSize pipeline-parallel size
 * @param cpRank attention context-parallel rank
 * @param cpSize attention context-parallel size
 * @param dcpRank decode context-parallel rank
 * @param dcpSize decode context-parallel size
 * @param tpLcmSize the common multiple of tensor-parallel sizes that share pages by head groups; a
 *     multiple of {@code tpSize}
 */
public record RankCoordinates(
    int tpRank,
    int tpSize,
    int ppRank,
    int ppSize,
    int cpRank,
    int cpSize,
    int dcpRank,
    int dcpSize,
    OptionalInt tpLcmSize) {

  /** One process that is the whole deployment. */
  public static final RankCoordinates SINGLE =
      new RankCoordinates(0, 1, 0, 1, 0, 1, 0, 1, OptionalInt.empty());

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a rank is not below its size, or the common multiple is
   *     none
   */
  public RankCoordinates {
    check("tp", tpRank, tpSize);
    check("pp", ppRank, ppSize);
    check("cp", cpRank, cpSize);
    check("dcp", dcpRank, dcpSize);
    if (tpLcmSize.isPresent()
        && (tpLcmSize.getAsInt() < tpSize || tpLcmSize.getAsInt() % tpSize != 0)) {
      throw new IllegalArgumentException(
          "tp lcm size %d: must be a multiple of the tp size %d"
              .formatted(tpLcmSize.getAsInt(), tpSize));
    }
  }

  /**
   * Returns these coordinates with a tensor-parallel place.
   *
   * @param rank the rank
   * @param size the size
   */
  public RankCoordinates withTp(int rank, int size) {
    return new RankCoordinates(
        rank, size, ppRank, ppSize, cpRank, cpSize, dcpRank, dcpSize, tpLcmSize);
  }

  /**
   * Returns these coordinates with a pipeline-parallel place.
   *
   * @param rank the rank
   * @param size the size
   */
  public RankCoordinates withPp(int rank, int size) {
    return new RankCoordinates(
        tpRank, tpSize, rank, size, cpRank, cpSize, dcpRank, dcpSize, tpLcmSize);
  }

  /**
   * Returns these coordinates with an attention context-parallel place.
   *
   * @param rank the rank
   * @param size the size
   */
  public RankCoordinates withCp(int rank, int size) {
    return new RankCoordinates(
        tpRank, tpSize, ppRank, ppSize, rank, size, dcpRank, dcpSize, tpLcmSize);
  }

  /**
   * Returns these coordinates with a decode context-parallel place.
   *
   * @param rank the rank
   * @param size the size
   */
  public RankCoordinates withDcp(int rank, int size) {
    return new RankCoordinates(
        tpRank, tpSize, ppRank, ppSize, cpRank, cpSize, rank, size, tpLcmSize);
  }

  /**
   * Returns these coordinates with pages shared by head groups.
   *
   * @param size the common multiple of the tensor-parallel sizes that share
   */
  public RankCoordinates withTpLcm(int size) {
    return new RankCoordinates(
        tpRank, tpSize, ppRank, ppSize, cpRank, cpSize, dcpRank, dcpSize, OptionalInt.of(size));
  }

  /** Returns these coordinates with pages of their own tensor-parallel size. */
  public RankCoordinates withoutTpLcm() {
    return new RankCoordinates(
        tpRank, tpSize, ppRank, ppSize, cpRank, cpSize, dcpRank, dcpSize, OptionalInt.empty());
  }

  private static void check(String kind, int rank, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(kind + " size " + size + ": must be at least 1");
    }
    if (rank < 0 || rank >= size) {
      throw new IllegalArgumentException(
          "%s rank %d: must be 0 to %d".formatted(kind, rank, size - 1));
    }
  }
}
