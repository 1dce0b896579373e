package dev.midge.cli.doctor;

import java.util.Locale;

/** Looks at the user's locale. */
final class LocaleCheck implements Check {
  private final String name;

  /**
   * Makes one.
   *
   * @param name such as {@code de_DE.UTF-8}; empty where none is set
   */
  LocaleCheck(String name) {
    this.name = name;
  }

  @Override
  public Diagnosis look() {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.contains("UTF-8") || upper.contains("UTF8")
        ? Diagnosis.ok(name)
        : Diagnosis.warning(
            (name.isEmpty() ? "none is set" : name + " is without UTF-8")
                + "; what midge prints is UTF-8 all the same",
            "export LC_ALL=C.UTF-8, or another locale with UTF-8");
  }
}
