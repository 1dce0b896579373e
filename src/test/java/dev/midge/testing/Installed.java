package dev.midge.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Programs of Debian that a test is about. */
public final class Installed {
  private Installed() {}

  /** Without the program the test is skipped, but in CI that is a failure. */
  public static void require(String program) {
    boolean there = false;
    for (String directory : System.getenv("PATH").split(":")) {
      there |= Files.isExecutable(Path.of(directory, program));
    }
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as(program + " is installed").isTrue();
    }
    assumeTrue(there, program + " is not installed");
  }
}
