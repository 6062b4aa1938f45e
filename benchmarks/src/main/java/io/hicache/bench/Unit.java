package io.hicache.bench;

/** What a cell's work is counted in, and how its speed is told. */
public enum Unit {
  /** Bytes moved. */
  BYTES("MiB/s", 1 << 20, "CPU ms/GiB", 1 << 30),
  /** Tokens hashed. */
  TOKENS("M tokens/s", 1_000_000, "CPU ms/G tokens", 1_000_000_000),
  /** Pages named or asked for. */
  PAGES("M pages/s", 1_000_000, "CPU ms/G pages", 1_000_000_000);

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  private final String rateName;
  private final double rateScale;
  private final String cpuName;
  private final double cpuScale;

  Unit(String rateName, double rateScale, String cpuName, double cpuScale) {
    this.rateName = rateName;
    this.rateScale = rateScale;
    this.cpuName = cpuName;
    this.cpuScale = cpuScale;
  }

  /** Returns the heading of a rate. */
  public String rateName() {
    return rateName;
  }

  /** Returns the heading of processor time. */
  public String cpuName() {
    return cpuName;
  }

  /**
   * Returns a speed as {@link #rateName} heads it.
   *
   * @param speed bytes or tokens per nanosecond
   */
  public double rate(double speed) {
    return speed * NANOS_PER_SECOND / rateScale;
  }

  /**
   * Returns processor time as {@link #cpuName} heads it.
   *
   * @param amount bytes or tokens
   * @param cpuNanos the processor time they took, of all threads
   */
  public double cpu(long amount, long cpuNanos) {
    return cpuNanos / NANOS_PER_MILLI / (amount / cpuScale);
  }
}
