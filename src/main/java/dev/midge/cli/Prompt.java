package dev.midge.cli;

import dev.midge.cli.parse.RawArguments;
import java.io.IOException;

/** Asks the person at the terminal for something that must not be seen. */
public interface Prompt {
  /** Nobody is there. */
  Prompt NOBODY = question -> null;

  /**
   * Asks on the terminal, whatever the streams are, and shows nothing of the answer.
   *
   * @return the answer with its true bytes, as {@link RawArguments} says; null where there is no
   *     terminal or no answer
   * @throws IOException when the terminal cannot be used
   */
  String ask(String question) throws IOException;
}
