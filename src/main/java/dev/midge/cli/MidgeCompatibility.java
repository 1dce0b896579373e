package dev.midge.cli;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.text.TerminalEscapes;
import java.io.File;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The behaviour of {@code midge COMMAND}. */
public final class MidgeCompatibility implements Compatibility {
  public static final Compatibility INSTANCE = new MidgeCompatibility();

  private static final String OPTIONS_FILE = "--options-file";

  private MidgeCompatibility() {}

  @Override
  public String programName(String command) {
    return "midge " + command;
  }

  @Override
  public boolean parsesExactly() {
    return false;
  }

  @Override
  public boolean hasOwnNames() {
    return true;
  }

  @Override
  public boolean readsEnvironment() {
    return true;
  }

  @Override
  public ProtocolVersion defaultVersion(boolean request) {
    return ProtocolVersion.V5;
  }

  @Override
  public boolean countsTimeoutFromConnection() {
    return true;
  }

  @Override
  public boolean allowsFractionsOfSeconds() {
    return true;
  }

  @Override
  public boolean groupsHelp() {
    return true;
  }

  @Override
  public int helpStatus(String command) {
    return ExitCode.OK;
  }

  @Override
  public String versionLine(String command, String version) {
    return "midge version " + version + "\n";
  }

  @Override
  public String message(UsageException problem) {
    return escapedLines(problem.inFull());
  }

  /** Escapes the user's own words, which may hold anything; a line of midge's begins with Error. */
  private static String escapedLines(String lines) {
    int end = lines.indexOf("\nError", 1);
    if (lines.startsWith("\n")) {
      return "\n" + escapedLines(lines.substring(1));
    }
    return end < 0
        ? TerminalEscapes.escaped(lines)
        : TerminalEscapes.escaped(lines.substring(0, end))
            + "\n"
            + escapedLines(lines.substring(end + 1));
  }

  @Override
  public boolean explainsFailures() {
    return true;
  }

  @Override
  public boolean hintsAtHelp(UsageException.Kind kind, String command) {
    return true;
  }

  @Override
  public boolean showsUsage(UsageException.Kind kind) {
    return false;
  }

  /** Takes the last one: no host has an {@code @}, but a password may, and must not be shown. */
  @Override
  public int endOfCredentials(String authority) {
    return authority.lastIndexOf('@');
  }

  @Override
  public void checkHost(String word) {
    if (word.startsWith("/")) {
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
        && isPortInUrl(word.substring(colon + 1))) {
      throw new UsageException(
          "Error: -h takes a host without a port: -h "
              + word.substring(0, colon)
              + " -p "
              + word.substring(colon + 1)
              + ".");
    }
  }

  @Override
  public boolean decodesUrls() {
    return true;
  }

  @Override
  public boolean isPortInUrl(String word) {
    return word.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Returns the scheme alone, for a password may follow. */
  @Override
  public String shownProxyUrl(String word) {
    int colon = word.indexOf("://");
    return colon < 0 ? "none" : word.substring(0, colon);
  }

  @Override
  public String escaped(String line) {
    return TerminalEscapes.escaped(line);
  }

  @Override
  public boolean correlatesRequests() {
    return true;
  }

  @Override
  public boolean hasOwnWarnings() {
    return true;
  }

  @Override
  public boolean endsWithReader() {
    return true;
  }

  @Override
  public boolean laysOutForPeople() {
    return true;
  }

  @Override
  public boolean asksForPasswords() {
    return true;
  }

  @Override
  public String passphraseQuestion(String keyFile) {
    return "Enter PEM pass phrase for " + keyFile + ": ";
  }

  @Override
  public int leastListeningPort() {
    return 0;
  }

  @Override
  public boolean allowsReasonStringInWill() {
    return false;
  }

  @Override
  public String missingClientId(boolean inConnack) {
    return "(no id yet)";
  }

  @Override
  public int number(String word, int least, int most, String problem, String detail) {
    long number = number(word, least - 1L);
    if (number >= least && number <= most) {
      return (int) number;
    }
    throw new UsageException(problem.replace("{}", word), detail);
  }

  @Override
  public long number(String word, long wrong) {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      return wrong;
    }
  }

  @Override
  public String shownNumber(String word, long number) {
    return word;
  }

  @Override
  public double decimal(String word) {
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

  @Override
  public @Nullable String namedOptionFile(String[] args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("-o") || args[i].equals(OPTIONS_FILE)) {
        return i + 1 < args.length ? args[i + 1] : "";
      }
      if (args[i].startsWith(OPTIONS_FILE + "=")) {
        return args[i].substring(OPTIONS_FILE.length() + 1);
      }
    }
    return null;
  }

  /**
   * Passes over an {@code XDG_CONFIG_HOME} that is empty or relative, as its specification says.
   */
  @Override
  public @Nullable String contextsFile(Map<String, String> environment) {
    String config = environment.get("XDG_CONFIG_HOME");
    if (config != null && config.startsWith("/")) {
      return config + "/midge/contexts";
    }
    String home = environment.get("HOME");
    return home == null || home.isEmpty() ? null : home + "/.config/midge/contexts";
  }

  /** Returns midge's own file, or mosquitto's where midge has none. */
  @Override
  public @Nullable String optionFile(Map<String, String> environment, String command) {
    String own = Compatibility.configFile(environment, "midge_" + command);
    return own != null && new File(own).isFile()
        ? own
        : Compatibility.super.optionFile(environment, command);
  }
}
