package dev.midge.cli.keyboard;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Standard error, whose lines stand above the prompt as long as there is one. Knows nothing of the
 * prompt itself, so that who has none loads none. For any thread.
 */
public final class PromptedOutput extends PrintStream {
  private final PrintStream plain;
  private @Nullable Consumer<String> prompt;

  /** Makes one that prints on a stream. */
  public PromptedOutput(PrintStream plain) {
    super(plain, true, StandardCharsets.UTF_8);
    this.plain = plain;
  }

  /** Hands lines to a prompt from now on; null for none. Returns when no line is on its way. */
  public synchronized void prompt(@Nullable Consumer<String> taker) {
    prompt = taker;
  }

  @Override
  public synchronized void println(@Nullable String line) {
    if (prompt == null) {
      plain.println(line);
    } else {
      prompt.accept(String.valueOf(line));
    }
  }
}
