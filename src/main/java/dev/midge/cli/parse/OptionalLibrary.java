package dev.midge.cli.parse;

import dev.midge.cli.UsageException;

/**
 * A library that only a rarely given option needs. It lies in {@code midge-libraries.jar}, which
 * the manifest of {@code midge.jar} names and which the JVM opens for the first class that {@code
 * midge.jar} lacks.
 */
public final class OptionalLibrary {
  private OptionalLibrary() {}

  /**
   * Checks that a library is there, and initialises nothing of it.
   *
   * @param option as a person types it, such as {@code --schema}
   * @param type the full name of a class of the library
   * @throws UsageException when it is not
   */
  public static void need(String option, String type) {
    try {
      Class.forName(type, false, OptionalLibrary.class.getClassLoader());
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      throw UsageException.setting(
          "Error: "
              + option
              + " needs midge-libraries.jar in the directory of midge.jar, and it is missing or incomplete.",
          "");
    }
  }
}
