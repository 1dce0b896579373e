package dev.midge.format;

/** Colours the parts of a message on a terminal. The texts that it paints are safe already. */
public interface Palette {
  /** The kind of a piece of text. */
  enum Part {
    TIME,
    TOPIC,
    FACT,
    RETAINED,
    KEY,
    /** Stands for a character or byte that is not shown itself. */
    ESCAPE
  }

  /** Paints nothing. */
  Palette NONE = (part, text) -> text;

  /** Returns the text with the colour of that part. */
  String paint(Part part, String text);
}
