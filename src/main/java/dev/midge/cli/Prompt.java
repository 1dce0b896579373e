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
   *     no terminal
   * @throws NoAnswer when the input ended at the question
   * @throws IOException when the terminal cannot be used
   */
  @Nullable String ask(String question) throws IOException;

  /** Tells that a person was asked and ended the input, as Ctrl-D does, without an answer. */
  final class NoAnswer extends IOException {
    private static final long serialVersionUID = 1;

    /** Makes one. */
    public NoAnswer() {
      super("The question was not answered");
    }
  }
}
