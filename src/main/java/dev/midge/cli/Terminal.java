package dev.midge.cli;

import org.fusesource.jansi.Ansi;

/** Colour, or none: the only one who knows jansi, which is not loaded where no person reads. */
final class Terminal {
  /** What a colour means. */
  enum Shade {
    TITLE,
    GOOD,
    BAD,
    CAUTION,
    WILL,
    CALM,
    IN,
    OUT
  }

  private final boolean colour;

  private Terminal(boolean colour) {
    this.colour = colour;
  }

  static Terminal ofOut(Surroundings surroundings) {
    return new Terminal(surroundings.outIsTerminal() && coloursWanted(surroundings));
  }

  static Terminal ofErr(Surroundings surroundings) {
    return new Terminal(surroundings.errIsTerminal() && coloursWanted(surroundings));
  }

  /**
   * Not with {@code NO_COLOR} set to anything but nothing, nor on a terminal that calls itself
   * dumb.
   */
  private static boolean coloursWanted(Surroundings surroundings) {
    String noColour = surroundings.environment().get("NO_COLOR");
    return (noColour == null || noColour.isEmpty())
        && !"dumb".equals(surroundings.environment().get("TERM"));
  }

  /** The text in its colour, or as it is. */
  String paint(Shade shade, String text) {
    return colour ? Paint.on(shade, text) : text;
  }

  /** Loaded only for colours, and jansi with it. */
  private static final class Paint {
    static String on(Shade shade, String text) {
      Ansi ansi = Ansi.ansi();
      switch (shade) {
        case TITLE -> ansi.bold();
        case GOOD -> ansi.fgGreen();
        case BAD -> ansi.bold().fgRed();
        case CAUTION -> ansi.fgYellow();
        case WILL -> ansi.bold().fgMagenta();
        case CALM -> ansi.fgCyan();
        case IN -> ansi.fgBlue();
        case OUT -> ansi.fgYellow();
      }
      return ansi.a(text).reset().toString();
    }
  }
}
