package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The same jar on every other Java that this machine has. */
class OtherJavaIT {
  private static final Path HOMES = Path.of("/usr/lib/jvm");

  @TestFactory
  List<DynamicTest> theDrillIsTheSameOnEveryJava() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    if (Files.isDirectory(HOMES)) {
      try (Stream<Path> homes = Files.list(HOMES)) {
        homes.filter(OtherJavaIT::isOther).forEach(home -> tests.add(test(home)));
      }
    }
    return tests;
  }

  private static DynamicTest test(Path home) {
    return DynamicTest.dynamicTest(
        home.getFileName().toString(),
        () -> {
          Program run =
              Program.start(Map.of("JAVA_HOME", home.toString()), Program.launcher(), "lwt");

          assertThat(run.await().outText()).endsWith("46 ok, 0 failed, 3 skipped\n");
          assertThat(run.errText()).isEmpty();
          assertThat(run.status()).isZero();
        });
  }

  private static boolean isOther(Path home) {
    return !Files.isSymbolicLink(home)
        && Files.isExecutable(home.resolve("bin/java"))
        && !home.equals(Path.of(System.getProperty("java.home")));
  }
}
