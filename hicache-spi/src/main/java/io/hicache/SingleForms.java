package io.hicache;

/** Turns a batch of one into its single form: the outcome, or the fault as an exception. */
final class SingleForms {
  private SingleForms() {}

  /**
   * Returns the only outcome.
   *
   * @throws HiCacheException if it is a failure
   */
  static Outcome only(BatchResult result) {
    Outcome outcome = result.get(0);
    if (outcome.failed()) {
      throw result
          .firstFailure()
          .orElseGet(() ->
              new HiCacheException(
                  outcome.fault().orElse(FaultKind.INTERNAL), "the store gave no reason"));
    }
    return outcome;
  }
}
