package dev.midge.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks for the passphrase of a key when it is needed. */
public record Passphrase(Prompt prompt, String question) implements Supplier<char @Nullable []> {

  /**
   * Asks.
   *
   * @return null where there is no terminal, or no answer
   * @throws UncheckedIOException when the terminal cannot be used
   */
  @Override
  public char @Nullable [] get() {
    try {
      String answer = prompt.ask(question);
      return answer == null ? null : answer.toCharArray();
    } catch (Prompt.NoAnswer none) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
