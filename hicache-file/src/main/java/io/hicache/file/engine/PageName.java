package io.hicache.file.engine;

/**
 * What a page, or one head group of it, is called in a store's directory.
 *
 * @param path where its file lies: shard directory, {@code /}, file name
 * @param checksum CRC32C of the file name's bytes
 * @param recordedKey the page's key where the file is named by the key's digest, and so must hold
 *     the key itself; otherwise empty
 * @param bare whether the file is the payload and nothing else, as other programs write it
 */
record PageName(String path, int checksum, String recordedKey, boolean bare) {

  /** Names a file that is the payload and nothing else. */
  static PageName bare(String path) {
    return new PageName(path, 0, "", true);
  }

  /** Returns how many bytes stand behind the payload: the key, if recorded, and the record. */
  int footerBytes() {
    return bare ? 0 : recordedKey.length() + PageRecord.BYTES;
  }
}
