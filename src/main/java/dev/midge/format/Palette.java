package dev.midge.format;

/**
 * How the parts of a message are told apart on a terminal. Whoever prints for people gives one; the
 * texts that it paints are safe already.
 */
public interface Palette {
  /** What a piece of text is. */
  enum Part {
    TIME,
    TOPIC,
    FACT,
    RETAINED,
    KEY,
    /** Stands for a character or byte that is not shown itself. */
    ESCAPE
  }

  /** No colours. */
  Palette NONE = (part, text) -> text;

  /** The text with what makes it look so before and behind it. */
  String paint(Part part, String text);
}
