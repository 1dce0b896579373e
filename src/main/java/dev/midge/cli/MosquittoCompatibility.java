package dev.midge.cli;

import dev.midge.mqtt.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/** The behaviour under mosquitto's names, such as {@code mosquitto_pub}. */
public final class MosquittoCompatibility implements Compatibility {
  public static final Compatibility INSTANCE = new MosquittoCompatibility();

  private MosquittoCompatibility() {}

  /**
   * Returns midge's command for a name of mosquitto's; null for a name that is none.
   *
   * @param called the name that the program was called by
   */
  public static @Nullable String command(String called) {
    return switch (called) {
      case "mosquitto_pub" -> "pub";
      case "mosquitto_sub" -> "sub";
      case "mosquitto_rr" -> "rr";
      case "mosquitto_passwd" -> "passwd";
      case "mosquitto" -> "broker";
      default -> null;
    };
  }

  @Override
  public String programName(String command) {
    return command.equals("broker") ? "mosquitto" : "mosquitto_" + command;
  }

  @Override
  public boolean parsesExactly() {
    return true;
  }

  @Override
  public boolean hasOwnNames() {
    return false;
  }

  @Override
  public boolean readsEnvironment() {
    return false;
  }

  @Override
  public ProtocolVersion defaultVersion(boolean request) {
    return request ? ProtocolVersion.V5 : ProtocolVersion.V3_1_1;
  }

  @Override
  public boolean countsTimeoutFromConnection() {
    return false;
  }

  @Override
  public boolean allowsFractionsOfSeconds() {
    return false;
  }

  @Override
  public boolean groupsHelp() {
    return false;
  }

  @Override
  public int helpStatus(String command) {
    return command.equals("broker") ? ExitCode.OK : ExitCode.USAGE;
  }

  @Override
  public String versionLine(String command, String version) {
    return programName(command) + " version " + version + " running on midge " + version + ".\n";
  }

  @Override
  public String message(UsageException problem) {
    return problem.line();
  }

  @Override
  public boolean explainsFailures() {
    return false;
  }

  @Override
  public boolean hintsAtHelp(UsageException.Kind kind, String command) {
    return kind == UsageException.Kind.WORDS && !command.equals("broker");
  }

  @Override
  public boolean showsUsage(UsageException.Kind kind) {
    return kind == UsageException.Kind.INCOMPLETE;
  }

  @Override
  public int endOfCredentials(String authority) {
    return authority.indexOf('@');
  }

  /** Takes any host: mosquitto tries to look it up. */
  @Override
  public void checkHost(String word) {}

  @Override
  public boolean decodesUrls() {
    return false;
  }

  /** Returns true: to mosquitto any word is a number. */
  @Override
  public boolean isPortInUrl(String word) {
    return true;
  }

  @Override
  public String shownProxyUrl(String word) {
    return word;
  }

  @Override
  public String escaped(String line) {
    return line;
  }

  @Override
  public boolean correlatesRequests() {
    return false;
  }

  @Override
  public boolean hasOwnWarnings() {
    return false;
  }

  @Override
  public boolean endsWithReader() {
    return false;
  }

  @Override
  public boolean laysOutForPeople() {
    return false;
  }

  @Override
  public boolean asksForPasswords() {
    return false;
  }

  @Override
  public String passphraseQuestion(String keyFile) {
    return "Enter PEM pass phrase:";
  }

  @Override
  public int leastListeningPort() {
    return 1;
  }

  @Override
  public boolean allowsReasonStringInWill() {
    return true;
  }

  @Override
  public String missingClientId(boolean inConnack) {
    return inConnack ? "(null)" : "null";
  }

  @Override
  public int number(String word, int least, int most, String problem, String detail) {
    int number = (int) NumberParser.lenient(word); // mosquitto keeps the lower 32 bits, as C does.
    if (number >= least && number <= most) {
      return number;
    }
    throw new UsageException(problem.replace("{}", String.valueOf(number)), detail);
  }

  @Override
  public long number(String word, long wrong) {
    return NumberParser.lenient(word);
  }

  @Override
  public String shownNumber(String word, long number) {
    return String.valueOf(number);
  }

  @Override
  public double decimal(String word) {
    return NumberParser.lenientDecimal(word);
  }

  @Override
  public @Nullable String namedOptionFile(String[] args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("-o")) {
        return i + 1 < args.length ? args[i + 1] : "";
      }
    }
    return null;
  }
}
