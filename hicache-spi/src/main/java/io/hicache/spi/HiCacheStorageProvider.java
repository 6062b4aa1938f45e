package io.hicache.spi;

import io.hicache.HiCacheStorage;
import io.hicache.StorageConfig;
import java.util.List;

/**
 * A backend, as {@link java.util.ServiceLoader} finds it: named in {@code module-info} and in
 * {@code META-INF/services}, with a public constructor without arguments.
 *
 * <p>Its members mention only types of the contract, so that the loader can read it where the
 * backend's own library is missing; what is missing shows in {@link #diagnose} and as an exception
 * of {@link #open}. It does nothing until asked. Thread-safe.
 *
 * <p>The storage it opens implements the primitives over pages and nothing else: arguments,
 * lifecycle, interrupts on entry, registrations, statistics and observation are {@link
 * GuardedStorage}'s, which stands in front of it.
 */
public interface HiCacheStorageProvider {

  /** Returns the backend's name, as users open it: lower case, as in {@code file}. */
  String name();

  /**
   * Tells whether the backend would work here, what is missing and how to get it. Never throws for
   * what is missing; may try to reach the store, for a few seconds at most.
   *
   * @param config the options to judge by; the identity is not looked at
   */
  Diagnosis diagnose(StorageConfig config);

  /**
   * Lists the namespaces that the store holds, in order of their ids.
   *
   * @param config the options; the identity is not looked at
   * @throws IllegalArgumentException if an option is unknown or out of range
   * @throws io.hicache.HiCacheException if the store cannot be reached
   */
  List<NamespaceRecord> namespaces(StorageConfig config);

  /**
   * Opens the namespace of the configuration's identity, and records it in the store if it is new.
   *
   * @param config what to open
   * @throws IllegalArgumentException if an option is unknown or out of range, or the identity lacks
   *     what the naming needs
   * @throws io.hicache.HiCacheException if the store cannot be reached, or records another identity
   */
  HiCacheStorage open(StorageConfig config);

  /**
   * Opens the namespace of a record, comparing nothing.
   *
   * @param config the options; the identity is not looked at
   * @param record whose pages to open
   * @throws IllegalArgumentException if an option is unknown or out of range
   * @throws io.hicache.HiCacheException if the store cannot be reached
   */
  HiCacheStorage open(StorageConfig config, NamespaceRecord record);
}
