package dev.midge.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at a Java: its version, its bits, and whether it has a compiler. */
final class JavaCheck implements Check {
  private static final int NEWEST_TRIED = 25;

  private final int version;
  private final String fullVersion;
  private final String bits;
  private final Path home;

  /**
   * Makes one.
   *
   * @param version such as 17
   * @param fullVersion such as 17.0.17
   * @param bits 64, or 32
   */
  JavaCheck(int version, String fullVersion, String bits, Path home) {
    this.version = version;
    this.fullVersion = fullVersion;
    this.bits = bits;
    this.home = home;
  }

  /** Makes one of the Java that runs this. */
  static JavaCheck ofProcess() {
    return new JavaCheck(
        Runtime.version().feature(),
        System.getProperty("java.version"),
        System.getProperty("sun.arch.data.model", "64"),
        Path.of(System.getProperty("java.home")));
  }

  @Override
  public Diagnosis look() {
    boolean compiles =
        Files.exists(home.resolve("bin/javac")) || Files.exists(home.resolve("bin/javac.exe"));
    String text =
        fullVersion + ", " + bits + " bits, a " + (compiles ? "JDK" : "JRE") + " in " + home;
    if (!bits.equals("64")) {
      return Diagnosis.warning(text, "install a Java of 64 bits, which midge is tried with");
    }
    if (version > NEWEST_TRIED) {
      return Diagnosis.warning(
          text + "; midge is tried with 17 to " + NEWEST_TRIED,
          "if something fails, set JAVA_HOME to a Java from 17 to " + NEWEST_TRIED);
    }
    return Diagnosis.ok(text);
  }
}
