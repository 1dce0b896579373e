package dev.midge.cli.doctor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result of a check.
 *
 * @param cure what would help; null where nothing has to
 */
record Diagnosis(State state, String text, @Nullable String cure) {

  /** The weight of a result. */
  enum State {
    OK,
    WARNING,
    WRONG;

    /** Returns the word that is printed. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Diagnosis ok(String text) {
    return new Diagnosis(State.OK, text, null);
  }

  static Diagnosis warning(String text, String cure) {
    return new Diagnosis(State.WARNING, text, cure);
  }

  static Diagnosis wrong(String text, String cure) {
    return new Diagnosis(State.WRONG, text, cure);
  }
}
