package io.hicache.ffm;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A loaded library and the functions in it.
 *
 * <p><b>Lifetime.</b> Loaded once and never unloaded: it may own threads. <b>Failure.</b> A library
 * that is missing or does not load is a {@link HiCacheException} with a message, never an error of
 * class loading. No function is linked as critical: every one may block.
 */
@SuppressWarnings("restricted") // here, so that users grant native access to this module alone
public final class NativeLibrary {
  private static final Linker LINKER = Linker.nativeLinker();

  private final String name;
  private final SymbolLookup symbols;

  private NativeLibrary(String name, SymbolLookup symbols) {
    this.name = name;
    this.symbols = symbols;
  }

  /**
   * Loads the library at a path, and at that path only.
   *
   * @param library the file
   * @throws HiCacheException {@link FaultKind#REFUSED} if native access is not granted; {@link
   *     FaultKind#UNAVAILABLE} if there is no such library or the loader refuses it
   */
  public static NativeLibrary load(Path library) {
    NativeAccess.require("loading " + library);
    try {
      return new NativeLibrary(
          library.toString(), SymbolLookup.libraryLookup(library, Arena.global()));
    } catch (IllegalArgumentException e) {
      throw new HiCacheException(
          FaultKind.UNAVAILABLE, "library " + library + " does not load: " + e.getMessage(), e);
    }
  }

  /**
   * Loads a library by its name, as the system's loader finds it.
   *
   * @param soname the file's name without a directory, as in {@code libnuma.so.1}
   * @throws HiCacheException as {@link #load(Path)}; also if the name has a directory
   */
  public static NativeLibrary load(String soname) {
    NativeAccess.require("loading " + soname);
    if (soname.contains("/")) {
      throw new IllegalArgumentException("library " + soname + ": must be a name, not a path");
    }
    try {
      return new NativeLibrary(soname, SymbolLookup.libraryLookup(soname, Arena.global()));
    } catch (IllegalArgumentException e) {
      throw new HiCacheException(
          FaultKind.UNAVAILABLE,
          "library " + soname + " is not among those the system's loader finds",
          e);
    }
  }

  /**
   * Returns the C library of the process.
   *
   * @throws HiCacheException {@link FaultKind#REFUSED} if native access is not granted
   */
  public static NativeLibrary libc() {
    NativeAccess.require("calling the C library");
    return new NativeLibrary("libc", LINKER.defaultLookup());
  }

  /** Returns the path or name it was loaded by. */
  public String name() {
    return name;
  }

  /**
   * Finds a symbol.
   *
   * @param symbol its name
   */
  public Optional<MemorySegment> find(String symbol) {
    return symbols.find(symbol);
  }

  /**
   * Links a function.
   *
   * @param symbol its name
   * @param signature its types, in C order
   * @param options the linker's options, {@link Linker.Option#captureCallState} alone in practice
   * @throws HiCacheException {@link FaultKind#UNAVAILABLE} if the library has no such function
   */
  public MethodHandle function(
      String symbol, FunctionDescriptor signature, Linker.Option... options) {
    return optional(symbol, signature, options)
        .orElseThrow(() ->
            new HiCacheException(
                FaultKind.UNAVAILABLE, "library " + name + " has no function " + symbol));
  }

  /**
   * Links a function that older or newer releases of a library lack.
   *
   * @param symbol its name
   * @param signature its types, in C order
   * @param options the linker's options
   */
  public Optional<MethodHandle> optional(
      String symbol, FunctionDescriptor signature, Linker.Option... options) {
    return find(symbol).map(address -> LINKER.downcallHandle(address, signature, options));
  }

  /**
   * Returns what to throw when a downcall threw: a closed scope stays a closed scope, and an error
   * an error.
   *
   * @param function the function's name
   * @param thrown what the handle threw
   */
  public static RuntimeException unexpected(String function, Throwable thrown) {
    return switch (thrown) {
      case RuntimeException fault -> fault;
      case Error error -> throw error;
      default -> new HiCacheException(FaultKind.INTERNAL, function + " threw " + thrown, thrown);
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
