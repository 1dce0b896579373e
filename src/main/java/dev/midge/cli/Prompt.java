package dev.midge.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Asks the person at the terminal for something that must not be seen. */
public interface Prompt {
  /** Answers null to every question: there is no terminal. */
  Prompt NONE = question -> null;

  /**
   * Asks on the terminal, whatever the streams are, and shows nothing of the answer.
   *
   * @return the answer, in which a byte that is no UTF-8 is a lone surrogate; null where there is
   *     no terminal or no answer
   * @throws IOException when the terminal cannot be used
   */
  @Nullable String ask(String question) throws IOException;
}
