package dev.midge.cli.console;

import dev.midge.cli.ProcessContext;
import java.util.Map;
import org.fusesource.jansi.Ansi;

/** Colour, or none. No other class names jansi, which is loaded only for colours. */
public final class Terminal {
  /** The meaning of a colour. */
  public enum Shade {
    TITLE,
    GOOD,
    BAD,
    CAUTION,
    WILL,
    CALM,
    IN,
    OUT,
    FAINT,
    ODD
  }

  /** The user's choice. */
  public enum Colours {
    AUTO,
    ALWAYS,
    NEVER
  }

  private final boolean colour;

  private Terminal(boolean colour) {
    this.colour = colour;
  }

  /** Returns standard output, coloured for a person. */
  public static Terminal ofOut(ProcessContext context) {
    return ofOut(context, Colours.AUTO);
  }

  /** Returns standard error, coloured for a person. */
  public static Terminal ofErr(ProcessContext context) {
    return ofErr(context, Colours.AUTO);
  }

  /** Returns standard output, coloured as the user wants it. */
  public static Terminal ofOut(ProcessContext context, Colours colours) {
    return new Terminal(isColoured(context.outIsTerminal(), colours, context.environment()));
  }

  /** Returns standard error, coloured as the user wants it. */
  public static Terminal ofErr(ProcessContext context, Colours colours) {
    return new Terminal(isColoured(context.errIsTerminal(), colours, context.environment()));
  }

  /**
   * Tells whether there are colours. The user's choice decides; else {@code NO_COLOR} set to
   * anything but nothing forbids, {@code CLICOLOR_FORCE} set to anything but nothing and 0 demands,
   * and else there are colours on a terminal that does not call itself dumb.
   */
  private static boolean isColoured(
      boolean terminal, Colours colours, Map<String, String> environment) {
    if (colours != Colours.AUTO) {
      return colours == Colours.ALWAYS;
    }
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return false;
    }
    String force = environment.getOrDefault("CLICOLOR_FORCE", "");
    return !force.isEmpty() && !force.equals("0")
        || terminal && !"dumb".equals(environment.get("TERM"));
  }

  /** Tells whether there are colours. */
  public boolean isColoured() {
    return colour;
  }

  /** Returns the text in its colour, or as it is. */
  public String paint(Shade shade, String text) {
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
        case FAINT -> ansi.a(Ansi.Attribute.INTENSITY_FAINT);
        case ODD -> ansi.fgMagenta();
      }
      return ansi.a(text).reset().toString();
    }
  }
}
