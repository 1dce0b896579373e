package dev.midge.control;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request that was not carried out; its message is one line. */
public final class ControlProblem extends Exception {
  private static final long serialVersionUID = 1L;

  /** The kinds of problems, which programs tell apart. */
  public enum Kind {
    /** Wrong words. */
    USAGE,
    NO_CLIENT,
    /** A time was over. */
    TIMEOUT,
    /** The target has no such thing. */
    UNSUPPORTED,
    FAILED;

    /** Returns the word of the protocol. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Kind kind;

  public ControlProblem(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Returns the problem that no client of that identifier is known. */
  public static ControlProblem noClient(String id) {
    return new ControlProblem(Kind.NO_CLIENT, "There is no client '" + id + "'.");
  }

  /** Returns the problem that a client has no connection now, only its session. */
  static ControlProblem notConnected(String id) {
    return new ControlProblem(
        Kind.NO_CLIENT, "Client '" + id + "' is not connected; only its session is there.");
  }

  /** Returns the problem that the side, in words, has no such thing. */
  static ControlProblem unsupported(String side, String what) {
    return new ControlProblem(
        Kind.UNSUPPORTED,
        Character.toUpperCase(side.charAt(0)) + side.substring(1) + " knows no " + what + ".");
  }

  /** Returns what a failure says of itself. */
  public static String words(@Nullable Throwable failure) {
    return failure == null || failure.getMessage() == null
        ? "It has failed."
        : failure.getMessage();
  }

  /** Returns its answer in the protocol. */
  public Facts facts() {
    return new Facts()
        .with("ok", false)
        .with("kind", kind.word())
        .with("error", String.valueOf(getMessage()));
  }
}
