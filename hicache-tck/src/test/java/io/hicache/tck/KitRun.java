package io.hicache.tck;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the kit on a faulty reference: the groups that have the fault's rules, or all of them. */
final class KitRun {
  private static final ThreadLocal<Fault> FAULT = new ThreadLocal<>();

  private KitRun() {}

  /** What JUnit runs; not named as a test, so that no build runs it by itself. */
  static final class Faulty extends ReferenceKit {
    Faulty() {
      super(FAULT.get());
    }
  }

  /** Returns the tests that failed, and why. */
  static Map<String, String> failures(Fault fault) {
    Map<String, String> failures = new TreeMap<>();
    Set<String> rules = fault.rules().isEmpty() ? rules() : fault.rules();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(tests(rules)).build();
    FAULT.set(fault);
    try {
      LauncherFactory.create().execute(request, listener(failures));
    } finally {
      FAULT.remove();
    }
    return failures;
  }

  /** Returns the names of all tests. */
  static Set<String> rules() {
    Set<String> rules = new TreeSet<>();
    for (Class<?> group : HiCacheStorageTck.class.getInterfaces()) {
      rules.addAll(rulesOf(group));
    }
    return rules;
  }

  private static List<String> rulesOf(Class<?> group) {
    return Arrays.stream(group.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(Method::getName)
        .toList();
  }

  /** Returns all tests of the groups in which a rule is. */
  private static List<MethodSelector> tests(Set<String> rules) {
    List<MethodSelector> tests = new ArrayList<>();
    for (Class<?> group : HiCacheStorageTck.class.getInterfaces()) {
      List<String> names = rulesOf(group);
      if (!Collections.disjoint(names, rules)) {
        names.forEach(name -> tests.add(DiscoverySelectors.selectMethod(Faulty.class, name)));
      }
    }
    return tests;
  }

  private static TestExecutionListener listener(Map<String, String> failures) {
    return new TestExecutionListener() {
      @Override
      public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
          String name =
              test.getSource()
                  .filter(MethodSource.class::isInstance)
                  .map(source -> ((MethodSource) source).getMethodName())
                  .orElse(test.getDisplayName());
          failures.put(name, result.getThrowable().map(Throwable::toString).orElse(""));
        }
      }
    };
  }
}
