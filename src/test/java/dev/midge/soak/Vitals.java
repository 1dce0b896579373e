package dev.midge.soak;

import java.io.File;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a process holds.
 *
 * @param descriptors open file descriptors; 0 where the system does not tell
 * @param heap bytes in use after a collection
 */
record Vitals(Set<String> threads, int descriptors, long heap) {

  static Vitals now() {
    String[] descriptors = new File("/proc/self/fd").list();
    return new Vitals(
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(Vitals::isOurs)
            .collect(Collectors.toCollection(TreeSet::new)),
        descriptors == null ? 0 : descriptors.length,
        heapNow());
  }

  /** Threads of the JVM and of the test framework come and go as they like. */
  private static boolean isOurs(String name) {
    return name.equals("broker") || name.startsWith("soak");
  }

  static long heapNow() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
