package io.hicache.tck;

/** The reference keeps every rule of the kit. */
class ReferenceTckTest extends ReferenceKit {
  ReferenceTckTest() {
    super(Fault.NONE);
  }
}
