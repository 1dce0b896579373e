package dev.midge.text;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A text that is made when it is read for the first time, for what is seldom read. For several
 * threads, if its maker reads nothing that changes.
 */
public final class LateText implements Supplier<String> {
  private final Supplier<String> maker;
  private @Nullable String text; // made twice at worst

  /**
   * @param maker makes the text, always the same
   */
  public LateText(Supplier<String> maker) {
    this.maker = maker;
  }

  /** Returns the text. */
  @Override
  public String get() {
    String made = text;
    if (made == null) {
      made = maker.get();
      text = made;
    }
    return made;
  }

  /** Returns the text. */
  @Override
  public String toString() {
    return get();
  }
}
