package io.hicache.file.engine;

/**
 * What a page is called in a namespace's directory.
 *
 * @param path where its file lies: shard directory, {@code /}, file name; ASCII
 * @param checksum CRC32C of the file name's bytes
 * @param recordedKey the page's key where the file is named by the key's digest, and so must hold
 *     the key itself; otherwise empty
 */
record PageName(String path, int checksum, String recordedKey) {

  /** Returns how many bytes stand behind the payload: the key, if recorded, and the record. */
  int footerBytes() {
    return recordedKey.length() + PageRecord.BYTES;
  }
}
