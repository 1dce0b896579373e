package dev.midge.testing;

/** Programs of Debian that a test is about. */
public final class Installed {
  private Installed() {}

  /** Without the program the test is skipped, but in CI that is a failure. */
  public static void require(String program) {
    Needs.program(program);
  }
}
