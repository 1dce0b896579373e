package dev.midge.cli;

/**
 * A command line that cannot be carried out. The line is mosquitto's, word for word; the detail
 * after it says what would have been right and is midge's own.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What belongs to the line under mosquitto's names; midge's manner always gives a hint. */
  public enum Kind {
    /** A wrong word: the hint follows. Told even with --quiet. */
    WORDS,
    /** Nothing to do: the whole usage text follows, on standard output. */
    INCOMPLETE,
    /** Words that contradict each other: nothing follows. */
    CONTRADICTION,
    /** A setting that turns out to be impossible: nothing follows, and --quiet silences it. */
    SETTING
  }

  private final Kind kind;
  private final String detail;
  private final String own;

  public UsageException(String line) {
    this(Kind.WORDS, line, "");
  }

  /**
   * @param detail goes on where the line ends, in place of its full stop
   */
  public UsageException(String line, String detail) {
    this(Kind.WORDS, line, detail);
  }

  public UsageException(Kind kind, String line, String detail) {
    this(kind, line, detail, null);
  }

  private UsageException(Kind kind, String line, String detail, String own) {
    super(line, null, false, false);
    this.kind = kind;
    this.detail = detail;
    this.own = own;
  }

  /** Wrong words of which midge says something else than mosquitto. */
  public static UsageException differing(String mosquittos, String own) {
    return new UsageException(Kind.WORDS, mosquittos, "", own);
  }

  public static UsageException setting(String line, String detail) {
    return new UsageException(Kind.SETTING, line, detail);
  }

  public Kind kind() {
    return kind;
  }

  /** The line and the detail as one sentence. */
  public String inFull() {
    if (own != null) {
      return own;
    }
    String line = getMessage();
    boolean goesOn = !detail.isEmpty() && line.endsWith(".");
    return (goesOn ? line.substring(0, line.length() - 1) : line) + detail;
  }
}
