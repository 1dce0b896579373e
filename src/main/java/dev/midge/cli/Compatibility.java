package dev.midge.cli;

import dev.midge.cli.failure.FailureExplanation;
import dev.midge.cli.parse.OptionTable;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.text.TerminalEscapes;
import java.io.File;
import java.util.Arrays;
import java.util.Map;

/**
 * The two manners of one engine, and every difference between them: {@code midge pub} is a modern
 * command, {@code mosquitto_pub}, which is a link to the same launcher, keeps mosquitto's contract
 * to the letter.
 */
public enum Compatibility {
  MIDGE,
  MOSQUITTO;

  /** Names that mosquitto does not have. */
  private static final String OWN_NAMES =
      " --bind-address --session-expiry-interval --max-inflight --count --timeout --format"
          + " --no-newline --ignore-retained --end-after-suback --response-topic --options-file"
          + " --fault --json --color --time --password --ask-password --pw-file"
          + " --connect-timeout --bind --max-packet-size --strict ";

  /**
   * @param called the name that the program was called by; null for midge
   */
  public static Compatibility of(String called) {
    return called != null && called.startsWith("mosquitto") ? MOSQUITTO : MIDGE;
  }

  /** The midge word for one of mosquitto's names; null for a name that is none. */
  public static String word(String called) {
    return switch (called) {
      case "mosquitto_pub" -> "pub";
      case "mosquitto_sub" -> "sub";
      case "mosquitto_rr" -> "rr";
      case "mosquitto" -> "broker";
      default -> null;
    };
  }

  /** What the user calls the command. */
  public String program(String word) {
    if (this == MIDGE) {
      return "midge " + word;
    }
    return word.equals("broker") ? "mosquitto" : "mosquitto_" + word;
  }

  /** Whether each option is a word of its own, and the first mistake ends it. */
  public boolean isStrictAboutWords() {
    return this == MOSQUITTO;
  }

  /** The version of MQTT where none is asked for. */
  public ProtocolVersion version(boolean request) {
    return this == MIDGE || request ? ProtocolVersion.V5 : ProtocolVersion.V3_1_1;
  }

  /** Says whether {@code rr -W} counts from the connection, as {@code sub -W} does. */
  public boolean countsFromConnection() {
    return this == MIDGE;
  }

  /** Whether help has groups, examples and statuses. */
  public boolean groupsHelp() {
    return this == MIDGE;
  }

  /** The status of --help and --version. */
  public int helpStatus(String word) {
    return this == MIDGE || word.equals("broker") ? ExitCode.OK : ExitCode.USAGE;
  }

  /** The line of --version. */
  public String versionLine(String word, String version) {
    return this == MIDGE
        ? "midge version " + version + "\n"
        : program(word) + " version " + version + " running on midge " + version + ".\n";
  }

  /** Mosquitto's words, or those and what would have been right. */
  public String message(UsageException problem) {
    return this == MIDGE ? escaped(problem.inFull()) : problem.getMessage();
  }

  /** The user's own words may hold anything; a line of ours begins with Error. */
  private static String escaped(String lines) {
    int end = lines.indexOf("\nError", 1);
    if (lines.startsWith("\n")) {
      return "\n" + escaped(lines.substring(1));
    }
    return end < 0
        ? TerminalEscapes.escaped(lines)
        : TerminalEscapes.escaped(lines.substring(0, end))
            + "\n"
            + escaped(lines.substring(end + 1));
  }

  /**
   * Whether a failed connection is explained in {@link FailureExplanation}'s words, not
   * mosquitto's.
   */
  public boolean explains() {
    return this == MIDGE;
  }

  /** Whether the hint at --help follows the complaint. */
  public boolean hints(UsageException.Kind kind, String word) {
    return this == MIDGE || kind == UsageException.Kind.WORDS && !word.equals("broker");
  }

  /** Whether the whole usage text follows the complaint. */
  public boolean showsUsage(UsageException.Kind kind) {
    return this == MOSQUITTO && kind == UsageException.Kind.INCOMPLETE;
  }

  /**
   * The place of the {@code @} before the host of a URL: no host has one, but a password may, and
   * none of it must be taken for the host and be shown. Mosquitto takes the first.
   */
  public int endOfCredentials(String authority) {
    return this == MIDGE ? authority.lastIndexOf('@') : authority.indexOf('@');
  }

  /** Refuses what is more than a host; mosquitto tries to look it up. */
  public void checkHost(String word) {
    if (this == MOSQUITTO || word.startsWith("/")) {
      return;
    }
    int colon = word.indexOf(':');
    if (colon >= 0 && word.startsWith("://", colon)) {
      // A password may stand in it.
      throw new UsageException("Error: -h takes a host and no URL: give the URL with -L.");
    }
    if (colon > 0
        && colon == word.lastIndexOf(':')
        && colon + 1 < word.length()
        && isPort(word.substring(colon + 1))) {
      throw new UsageException(
          "Error: -h takes a host without a port: -h "
              + word.substring(0, colon)
              + " -p "
              + word.substring(colon + 1)
              + ".");
    }
  }

  /** Says whether percent signs in URLs begin the code of a byte; to mosquitto they are text. */
  public boolean decodesUrls() {
    return this == MIDGE;
  }

  /** Whether that may stand for a port in a URL; to mosquitto any word is a number. */
  public boolean isPort(String word) {
    return this == MOSQUITTO || word.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /**
   * A line of talk, in which others' words do nothing to a terminal; mosquitto's are as they come.
   */
  public String shown(String line) {
    return this == MIDGE ? TerminalEscapes.escaped(line) : line;
  }

  /** Whether there are warnings that mosquitto does not have. */
  public boolean warnsOfItsOwn() {
    return this == MIDGE;
  }

  /** The question for the passphrase of an encrypted key. */
  public String passphraseQuestion(String keyFile) {
    return this == MIDGE ? "Enter PEM pass phrase for " + keyFile + ": " : "Enter PEM pass phrase:";
  }

  /** Whether a broker takes port 0, which is any free one. */
  public int leastListeningPort() {
    return this == MIDGE ? 0 : 1;
  }

  /** Whether a will takes the property that mosquitto lets pass by oversight. */
  public boolean takesReasonStringOfWill() {
    return this == MOSQUITTO;
  }

  /**
   * A whole number in a range.
   *
   * @param problem the complaint, in which {@code {}} stands for the number
   * @param detail what would have been right
   */
  public int number(String word, int least, int most, String problem, String detail) {
    long all = number(word, least - 1L);
    long number = this == MOSQUITTO ? (int) all : all; // It keeps the lower 32 bits, as C does.
    if (number >= least && number <= most) {
      return (int) number;
    }
    throw new UsageException(problem.replace("{}", shown(word, number)), detail);
  }

  /** A number as complaints show it: what was read, or what was said. */
  public String shown(String word, long number) {
    return this == MOSQUITTO ? String.valueOf(number) : word;
  }

  /**
   * A whole number.
   *
   * @param wrong stands for a word that is none, where that is no number
   */
  public long number(String word, long wrong) {
    if (this == MOSQUITTO) {
      return CNumbers.lenient(word);
    }
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      return wrong;
    }
  }

  /** Says whether times may have fractions of a second where mosquitto's have none. */
  public boolean takesFractions() {
    return this == MIDGE;
  }

  /** A client in the lines of -d before it has an id; mosquitto's lines write it so. */
  public String nameless(boolean inBrackets) {
    return this == MIDGE ? "(no id yet)" : inBrackets ? "(null)" : "null";
  }

  /** A decimal number; not a number for a word that is none, where that matters. */
  public double decimal(String word) {
    if (this == MOSQUITTO) {
      return CNumbers.lenientDecimal(word);
    }
    // Java would take the letters of its own notation.
    if (!word.chars().allMatch(c -> "0123456789.eE+-".indexOf(c) >= 0)) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(word);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** The table without the names that these manners do not have. */
  public OptionTable fit(OptionTable table) {
    if (this == MIDGE) {
      return table;
    }
    return table.rename(Compatibility::mosquittos);
  }

  private static String[] mosquittos(String[] names) {
    int kept = 0;
    String[] known = new String[names.length];
    for (String name : names) {
      if (!OWN_NAMES.contains(" " + name + " ")) {
        known[kept++] = name;
      }
    }
    return Arrays.copyOf(known, kept);
  }

  /**
   * The option file to read where the command line names none; there need not be one. mosquitto's
   * is read by midge too, unless it has one of its own.
   *
   * @return null for none
   */
  public String optionFile(Map<String, String> environment, String word) {
    if (this == MIDGE) {
      String own = inConfig(environment, "midge_" + word);
      if (own != null && new File(own).isFile()) {
        return own;
      }
    }
    return inConfig(environment, "mosquitto_" + word);
  }

  private static String inConfig(Map<String, String> environment, String name) {
    if (File.separatorChar == '\\') {
      String profile = environment.get("USERPROFILE");
      return profile == null ? null : profile + "\\" + name + ".conf";
    }
    String config = environment.get("XDG_CONFIG_HOME");
    String home = environment.get("HOME");
    return config != null ? config + "/" + name : home == null ? null : home + "/.config/" + name;
  }

  /** The file that the command line names by -o, wherever that stands; null for none. */
  public String namedOptionFile(String[] args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("-o") || this == MIDGE && args[i].equals("--options-file")) {
        return i + 1 < args.length ? args[i + 1] : "";
      }
      if (this == MIDGE && args[i].startsWith("--options-file=")) {
        return args[i].substring(15);
      }
    }
    return null;
  }
}
