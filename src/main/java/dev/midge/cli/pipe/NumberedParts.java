package dev.midge.cli.pipe;

import dev.midge.client.source.PayloadSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Counts parts that are divided already. */
final class NumberedParts implements Parts {
  private final PayloadSource source;
  private final String word;
  private final String inputName;
  private long number;

  /**
   * @param word the name of a part, such as {@code Line}
   * @param inputName the input, as complaints name it
   */
  NumberedParts(PayloadSource source, String word, String inputName) {
    this.source = source;
    this.word = word;
    this.inputName = inputName;
  }

  @Override
  public byte @Nullable [] next() throws IOException {
    number++;
    return source.next();
  }

  @Override
  public boolean isReady() {
    return source.isReady();
  }

  @Override
  public String place(int line) {
    return word + " " + number + " of " + inputName;
  }
}
