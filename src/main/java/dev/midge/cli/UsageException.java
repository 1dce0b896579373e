package dev.midge.cli;

import org.jspecify.annotations.Nullable;

/**
 * A command line that cannot be carried out. The line is mosquitto's, word for word; the detail
 * after it says what would have been right and is midge's own.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Tells what follows the line under mosquitto's names; midge always gives a hint. */
  public enum Kind {
    /** A wrong word: the hint follows. Told even with --quiet. */
    WORDS,
    /** A job that has nothing to do: the whole usage text follows, on standard output. */
    INCOMPLETE,
    /** Words that contradict each other: no more follows. */
    CONTRADICTION,
    /** A setting that turns out to be impossible: no more follows, and --quiet silences it. */
    SETTING
  }

  private final Kind kind;
  private final String line;
  private final String detail;
  private final @Nullable String own;

  /** Makes one of {@link Kind#WORDS} without a detail. */
  public UsageException(String line) {
    this(Kind.WORDS, line, "");
  }

  /**
   * Makes one of {@link Kind#WORDS}.
   *
   * @param detail goes on where the line ends, in place of its full stop
   */
  public UsageException(String line, String detail) {
    this(Kind.WORDS, line, detail);
  }

  /**
   * Makes one.
   *
   * @param detail goes on where the line ends, in place of its full stop; may be empty
   */
  public UsageException(Kind kind, String line, String detail) {
    this(kind, line, detail, null);
  }

  private UsageException(Kind kind, String line, String detail, @Nullable String own) {
    super(line, null, false, false);
    this.kind = kind;
    this.line = line;
    this.detail = detail;
    this.own = own;
  }

  /** Makes one for wrong words of which midge says something else than mosquitto. */
  public static UsageException differing(String mosquittos, String own) {
    return new UsageException(Kind.WORDS, mosquittos, "", own);
  }

  /** Makes one of {@link Kind#SETTING}. */
  public static UsageException setting(String line, String detail) {
    return new UsageException(Kind.SETTING, line, detail);
  }

  /** Returns the kind. */
  public Kind kind() {
    return kind;
  }

  /** Returns mosquitto's line. */
  public String line() {
    return line;
  }

  /** Returns the line and the detail as one sentence. */
  public String inFull() {
    if (own != null) {
      return own;
    }
    boolean goesOn = !detail.isEmpty() && line.endsWith(".");
    return (goesOn ? line.substring(0, line.length() - 1) : line) + detail;
  }
}
