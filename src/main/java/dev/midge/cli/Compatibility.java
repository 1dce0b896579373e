package dev.midge.cli;

import dev.midge.mqtt.ProtocolVersion;
import java.io.File;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every difference between {@code midge pub}, a modern command, and {@code mosquitto_pub}, a link
 * to the same launcher that keeps mosquitto's contract to the letter. A process loads the
 * implementation that it needs and no other.
 */
public interface Compatibility {
  /**
   * Returns the name by which the user calls a command.
   *
   * @param command the word after {@code midge}, such as {@code pub}
   */
  String programName(String command);

  /**
   * Tells whether the command line is parsed as mosquitto does: each option is a word of its own,
   * and the first mistake ends it.
   */
  boolean parsesExactly();

  /** Tells whether option names exist that mosquitto does not have. */
  boolean hasOwnNames();

  /** Tells whether {@code MIDGE_*} variables of the environment stand for options. */
  boolean readsEnvironment();

  /**
   * Returns the version of MQTT where none is asked for.
   *
   * @param request whether the command is {@code rr}
   */
  ProtocolVersion defaultVersion(boolean request);

  /** Tells whether {@code rr -W} counts from the connection, as {@code sub -W} does. */
  boolean countsTimeoutFromConnection();

  /** Tells whether time-outs may have fractions of a second. */
  boolean allowsFractionsOfSeconds();

  /** Tells whether the help has groups, examples and exit statuses. */
  boolean groupsHelp();

  /** Returns the exit status of {@code --help} and {@code --version}. */
  int helpStatus(String command);

  /** Returns the line that {@code --version} prints, with its line end. */
  String versionLine(String command, String version);

  /** Returns mosquitto's text for a wrong command line, or that and what would have been right. */
  String message(UsageException problem);

  /** Tells whether a failed connection is explained, and not only named in mosquitto's words. */
  boolean explainsFailures();

  /** Tells whether the hint at {@code --help} follows the complaint. */
  boolean hintsAtHelp(UsageException.Kind kind, String command);

  /** Tells whether the whole usage text follows the complaint. */
  boolean showsUsage(UsageException.Kind kind);

  /**
   * Returns the index of the {@code @} between credentials and host of a URL; -1 where there is
   * none.
   *
   * @param authority the URL behind its {@code ://}, without its path
   */
  int endOfCredentials(String authority);

  /**
   * Checks the argument of {@code -h}.
   *
   * @throws UsageException where it is more than a host
   */
  void checkHost(String word);

  /** Tells whether percent signs in URLs begin the code of a byte. */
  boolean decodesUrls();

  /** Tells whether a word may stand for a port in a URL. */
  boolean isPortInUrl(String word);

  /** Returns the part of a proxy's URL with a wrong scheme that a message may show. */
  String shownProxyUrl(String word);

  /** Returns a line for standard error, in which text of others cannot command the terminal. */
  String escaped(String line);

  /**
   * Tells whether each request has correlation data, and what has that of another one is no answer.
   */
  boolean correlatesRequests();

  /** Tells whether there are warnings that mosquitto does not have. */
  boolean hasOwnWarnings();

  /**
   * Tells whether {@code pub} and {@code rr}, whose work is not to print, end when the reader of
   * standard output has gone.
   */
  boolean endsWithReader();

  /** Tells whether output for a terminal is laid out for a person. */
  boolean laysOutForPeople();

  /** Tells whether {@code -P} as the last word asks for the password on the terminal. */
  boolean asksForPasswords();

  /** Returns the question for the passphrase of an encrypted key. */
  String passphraseQuestion(String keyFile);

  /** Returns the least port that a broker can listen on; 0 is any free one. */
  int leastListeningPort();

  /** Tells whether a will takes a reason string, which mosquitto lets pass by oversight. */
  boolean allowsReasonStringInWill();

  /**
   * Returns a client id that is not known yet, for the lines of {@code -d}.
   *
   * @param inConnack whether the line is that of CONNACK
   */
  String missingClientId(boolean inConnack);

  /**
   * Reads a whole number in a range.
   *
   * @param problem the complaint, in which {@code {}} stands for the number
   * @param detail the part of the complaint that says what would have been right
   * @throws UsageException for anything else
   */
  int number(String word, int least, int most, String problem, String detail);

  /**
   * Reads a whole number.
   *
   * @param wrong the result for a word that is no number, where that is an error
   */
  long number(String word, long wrong);

  /** Returns a number as complaints show it. */
  String shownNumber(String word, long number);

  /** Reads a decimal number; NaN for a word that is none, where that is an error. */
  double decimal(String word);

  /**
   * Returns the option file that the command line names by {@code -o}, wherever that stands; empty
   * where the name is missing, and null where there is no {@code -o}.
   */
  @Nullable String namedOptionFile(String[] args);

  /**
   * Returns the option file to read where the command line names none; it need not exist. Null
   * where the environment tells no directory for it.
   */
  default @Nullable String optionFile(Map<String, String> environment, String command) {
    return configFile(environment, "mosquitto_" + command);
  }

  /**
   * Returns the file of the user's contexts, which need not exist; null where there are none, or
   * the environment tells no directory for it.
   */
  default @Nullable String contextsFile(Map<String, String> environment) {
    return null;
  }

  /** Returns the path of a file in the user's directory of settings; null where none is known. */
  static @Nullable String configFile(Map<String, String> environment, String name) {
    if (File.separatorChar == '\\') {
      String profile = environment.get("USERPROFILE");
      return profile == null ? null : profile + "\\" + name + ".conf";
    }
    String config = environment.get("XDG_CONFIG_HOME");
    String home = environment.get("HOME");
    return config != null ? config + "/" + name : home == null ? null : home + "/.config/" + name;
  }
}
