package dev.midge.cli.pipe;

import dev.midge.client.source.PayloadSource;
import dev.midge.text.TerminalEscapes;
import java.io.IOException;

/** Gives the parts of the input that stand for one message each, and tells where they stand. */
interface Parts extends PayloadSource {

  /**
   * Returns the place of the part that was given last, such as {@code Line 7 of the standard
   * input}.
   *
   * @param line the line within the part, from 0
   */
  String place(int line);

  /**
   * Returns the failure of a part that stands for no message.
   *
   * @param line the line within the part, from 0
   * @param why what is wrong, and what would be right
   */
  default IOException noMessage(int line, String why) {
    return new IOException(TerminalEscapes.escaped(place(line) + " is no message: " + why + "."));
  }

  @Override
  default boolean isStream() {
    return true;
  }
}
