package dev.midge.control;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The commands, with the forms of their arguments: what users type and programs send. */
public enum ControlWord {
  CLIENTS("", "The connected clients.", 0, 0),
  CLIENT("ID", "All about a client: session, subscriptions, in flight, queue, will.", 1, 1),
  KICK("ID [EFFECT]", "End a client's connection (default: reason:0x98, DISCONNECT).", 1, 2),
  BLACKOUT("ID DURATION", "Carry nothing for so long, then all that waited.", 2, 2),
  FAULT("SPEC", "Plan a fault, in the words of --fault.", 1, Integer.MAX_VALUE),
  FAULTS("", "The planned faults, and how often each has happened.", 0, 0),
  CLEAR("[N]", "Clear all faults, or the one of that number.", 0, 1),
  RETAINED("[FILTER]", "The retained messages (default: #).", 0, 1),
  SESSIONS("", "The sessions, those of absent clients too.", 0, 0),
  WILL("ID", "A client's will.", 1, 1),
  PAUSE("", "Accept no more connections.", 0, 0),
  RESUME("", "Accept connections again.", 0, 0),
  WAIT(
      "connected|disconnected|subscribed ID [TIMEOUT]",
      "Wait for a client (default: 30s at most).",
      2,
      3),
  LOG("[-f]", "The last lines of the log; -f goes on with those that come.", 0, 1),
  STOP("", "End in order.", 0, 0),
  HELP("", "These words.", 0, 0);

  private final String arguments;
  private final String description;
  private final int least;
  private final int most;

  ControlWord(String arguments, String description, int least, int most) {
    this.arguments = arguments;
    this.description = description;
    this.least = least;
    this.most = most;
  }

  /** Returns the word as users type it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the word with the form of its arguments. */
  public String form() {
    return arguments.isEmpty() ? word() : word() + " " + arguments;
  }

  /** Returns what it does, as a sentence. */
  public String description() {
    return description;
  }

  /** Tells whether that argument, counted from 0, is the identifier of a client. */
  public boolean takesClient(int argument) {
    return argument == (this == WAIT ? 1 : 0)
        && (this == WAIT || arguments.equals("ID") || arguments.startsWith("ID "));
  }

  /** Returns all words, as users type them. */
  public static List<String> words() {
    return Arrays.stream(values()).map(ControlWord::word).toList();
  }

  /** Returns the command of a word; null for none. */
  public static @Nullable ControlWord of(String word) {
    for (ControlWord each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    return null;
  }

  /**
   * Returns the command of a word.
   *
   * @throws ControlProblem for a word that is none, or arguments too few or too many
   */
  public static ControlWord of(String word, List<String> arguments) throws ControlProblem {
    ControlWord found = of(word);
    if (found == null) {
      throw new ControlProblem(
          ControlProblem.Kind.USAGE,
          "'" + word + "' is not one of " + String.join(", ", words()) + ".");
    }
    int count = arguments.size();
    if (count < found.least || count > found.most) {
      throw found.wrong("it has the form: " + found.form());
    }
    return found;
  }

  /** Returns the problem that its arguments are wrong. */
  ControlProblem wrong(String why) {
    return new ControlProblem(ControlProblem.Kind.USAGE, "Invalid " + word() + ": " + why);
  }
}
