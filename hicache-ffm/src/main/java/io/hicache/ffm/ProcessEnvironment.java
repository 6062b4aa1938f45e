package io.hicache.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The variables that native libraries read from the process's environment. Each is set once, before
 * the library that reads it loads: libraries read them when they please, so a second value would
 * reach some of their users and not others.
 */
public final class ProcessEnvironment {
  private static final Map<String, String> SET = new HashMap<>();
  private static final Lock LOCK = new ReentrantLock();

  private ProcessEnvironment() {}

  /**
   * Sets variables, each if it has not been set here to that value already.
   *
   * @param variables values by name
   * @throws HiCacheException {@link FaultKind#REFUSED} if one has been set here to another value,
   *     naming it but no value; none is set then
   */
  public static void set(Map<String, String> variables) {
    NativeAccess.require("setting environment variables of native libraries");
    LOCK.lock();
    try {
      variables.forEach(ProcessEnvironment::refuseOther);
      MethodHandle setenv =
          NativeLibrary.libc()
              .function("setenv", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
      variables.forEach((name, value) -> set(setenv, name, value));
    } finally {
      LOCK.unlock();
    }
  }

  private static void refuseOther(String name, String value) {
    if (name.isEmpty() || name.contains("=") || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "variable \"" + name + "\": must not be empty, nor hold = or NUL");
    }
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("value of variable " + name + ": must not hold NUL");
    }
    String before = SET.get(name);
    if (before != null && !before.equals(value)) {
      throw new HiCacheException(
          FaultKind.REFUSED,
          "variable "
              + name
              + " was set to another value for a native library of this process, which reads it"
              + " once: open all stores with the same value, or use a process for each");
    }
  }

  private static void set(MethodHandle setenv, String name, String value) {
    if (SET.containsKey(name)) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment cName = arena.allocateFrom(name);
      MemorySegment cValue = arena.allocateFrom(value);
      int result = (int) setenv.invokeExact(cName, cValue, 1);
      if (result != 0) {
        throw new HiCacheException(FaultKind.INTERNAL, "setenv " + name + " failed");
      }
      SET.put(name, value);
    } catch (Throwable t) {
      throw NativeLibrary.unexpected("setenv", t);
    }
  }
}
