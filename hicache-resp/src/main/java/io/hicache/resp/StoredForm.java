package io.hicache.resp;

import java.util.Optional;

/** How pages lie in a server: the library's own way, or that of another program. */
public sealed interface StoredForm {
  /**
   * A string with a record behind the page's bytes, in a namespace that is recorded.
   *
   * @param hashTag what shares a slot where keys are spread
   */
  record Own(HashTag hashTag) implements StoredForm {}

  /** Which of a namespace's strings share a slot, and so a node, where keys are spread. */
  enum HashTag {
    /** Those of one page: its parts and its side pools. */
    PAGE,
    /** Those of all pages of a prompt's chain. */
    PREFIX,
    /** None are made to. */
    NONE
  }

  /** A string with the page's bytes alone, named as the Valkey backend proposed for SGLang does. */
  record Sglang() implements StoredForm {}

  /**
   * As one generation of LMCache has it.
   *
   * @param keys what a page is called
   * @param strings which strings a page is made of
   * @param dtype what keys call the element type
   * @param multiProcess what only the names of its multi-process mode have
   * @param metadata what stands beside the bytes; empty where there is one string
   */
  record Lmcache(
      Keys keys,
      Strings strings,
      String dtype,
      MultiProcess multiProcess,
      Optional<LmcacheMetadata> metadata)
      implements StoredForm {

    /** Generations of names, by the first release that was seen to have them. */
    public enum Keys {
      /** {@code vllm@model@world@worker@hash}. */
      V0_3_6,
      /**
       * The same and {@code @dtype}; eight-bit floats are {@code fp8_e4m3} and {@code fp8_e5m2}.
       */
      V0_3_12,
      /** {@code model@world@worker@hash@dtype}. */
      V0_3_15,
      /** Of the multi-process mode: {@code model@rank@hash}. */
      MP_0_4_2,
      /** Of the multi-process mode: {@code model@rank@group@hash}. */
      MP_0_4_7
    }

    /** Which strings a page is made of, as their keys end. */
    public enum Strings {
      /** {@code {key}:kv_bytes} and {@code {key}:metadata}, on one hash tag. */
      TAGGED,
      /** {@code key:kv_bytes} and {@code key:metadata}. */
      COLON,
      /** {@code keykv_bytes} and {@code keymetadata}. */
      JOINED,
      /** {@code key} alone, with the page's bytes and nothing else. */
      RAW
    }

    /**
     * What only the names of the multi-process mode have.
     *
     * @param rank its {@code kv_rank}, 32 bits without a sign
     * @param group its {@code object_group_id}
     * @param prefix its {@code key_prefix}; empty for none
     */
    public record MultiProcess(int rank, int group, String prefix) {}

    /** Tells whether a page has metadata in a string of its own. */
    boolean twoStrings() {
      return metadata.isPresent();
    }
  }

  /** Returns how many bytes stand behind a page's in its string. */
  default int recordBytes() {
    return this instanceof Own ? ValueRecord.BYTES : 0;
  }
}
