package dev.midge.cli.options;

import dev.midge.cli.Compatibility;
import dev.midge.cli.Prompt;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.FirstLineOfCommand;
import dev.midge.cli.parse.InputFile;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.RawArguments;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.text.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Stack;
import org.jspecify.annotations.Nullable;

/**
 * The user name and the password, and the ways to give them; of several ways the last counts. Those
 * that midge adds keep the password out of the process list.
 */
final class PasswordOptions implements OptionTable.Source {
  private static final int MAX_STRING = 65535;

  /** A password of MQTT has at most so many bytes, and a carriage return may stand behind it. */
  private static final int LONGEST_LINE = 65_536;

  private final Compatibility compatibility;
  private final Prompt prompt;
  private @Nullable String username;
  private @Nullable String password;
  private @Nullable String file;
  private @Nullable String command;
  private @Nullable String readableByOthers;
  private boolean ask;
  private int given;

  PasswordOptions(Compatibility compatibility, Prompt prompt) {
    this.compatibility = compatibility;
    this.prompt = prompt;
  }

  @Override
  public void addTo(OptionTable table) {
    Option option =
        compatibility.asksForPasswords()
            ? new Option(
                new String[] {"-P", "--pw", "--password"},
                "PASSWORD",
                "Password. If -P is the last word of the line, midge asks for the password on the terminal.",
                this::setOrAsk,
                1)
            : Option.value(
                "PASSWORD", "no password", "Password.", this::set, "-P", "--pw", "--password");
    table
        .under(OptionGroup.USERS)
        .add(
            Option.value(
                "NAME", "no username", "User name.", word -> username = word, "-u", "--username"))
        .add(option.lastNameOwn())
        .add(
            Option.flag("Ask for the password on the terminal.", this::setToAsk, "--ask-password")
                .own())
        .add(
            Option.value(
                    "FILE",
                    "no password file",
                    "Take the first line of this file as the password.",
                    word -> set(null, word, null),
                    "--pw-file")
                .own())
        .add(
            Option.value(
                    "COMMAND",
                    "no password command",
                    "Have sh run this command, and take the first line that it prints as the password.",
                    word -> set(null, null, word),
                    "--pw-command")
                .own());
  }

  private void setOrAsk(Stack<String> words) {
    if (words.isEmpty()) {
      setToAsk();
    } else {
      set(words.pop());
    }
  }

  private void setToAsk() {
    set(null, null, null);
    ask = true;
  }

  private void set(String word) {
    set(word, null, null);
  }

  private void set(
      @Nullable String newPassword, @Nullable String newFile, @Nullable String newCommand) {
    password = newPassword;
    file = newFile;
    command = newCommand;
    ask = false;
    given++;
  }

  /** Takes user name and password of a URL; null where it has none. */
  void setFromUrl(@Nullable String urlUsername, @Nullable String urlPassword) {
    username = urlUsername == null ? username : urlUsername;
    if (urlPassword != null) {
      set(urlPassword);
    }
  }

  /** Tells whether the user has said who connects. */
  boolean isGiven() {
    return username != null || given > 0;
  }

  /** Returns how many passwords were given so far, in whatever way; the last counts. */
  int given() {
    return given;
  }

  /**
   * Tells whether the password costs more than a look at a file: a person is asked, or a command
   * run.
   */
  boolean isFetched() {
    return ask || command != null;
  }

  /** Returns the user name; null where none was given. */
  @Nullable String username() {
    return username;
  }

  /**
   * Returns the bytes of the password; null where none was given. Asks, reads the file, or runs the
   * command, once.
   *
   * @param host the broker's, for the question
   * @throws UsageException when the password cannot be had
   */
  byte @Nullable [] password(String host) {
    if (ask) {
      set(answer("Password" + (username == null ? "" : " for " + username) + " at " + host + ": "));
    } else if (file != null) {
      readableByOthers = InputFile.isReadableByOthers(file) ? file : null;
      set(firstLine(file));
    } else if (command != null) {
      set(firstLineOf(command));
    }
    return password == null ? null : RawArguments.bytes(password);
  }

  /**
   * Checks that user name and password can be told to a broker.
   *
   * @throws UsageException when they cannot
   */
  void check(ProtocolVersion version, String host) {
    byte[] secret = password(host);
    if (username == null && secret != null && !version.isV5()
        || username != null && (!Utf8.isValid(username) || Utf8.length(username) > MAX_STRING)
        || secret != null && secret.length > MAX_STRING) {
      throw UsageException.setting(
          "Error: Problem setting username and/or password.",
          ": before MQTT 5 a password needs a user name, and each has at most 65535 bytes.");
    }
  }

  /** Returns the file that the password was read from, if others may read it too; else null. */
  @Nullable String readableByOthers() {
    return readableByOthers;
  }

  private String answer(String question) {
    String answer;
    try {
      answer = prompt.ask(question);
    } catch (Prompt.NoAnswer e) {
      throw new UsageException(
          "Error: -P argument given but no password specified.", ": no answer was given.");
    } catch (IOException e) {
      throw new UsageException("Error: " + e.getMessage() + ".");
    }
    if (answer == null) {
      throw new UsageException(
          "Error: -P argument given but no password specified.",
          ", and there is no terminal to ask at. Try --pw-file or MIDGE_PASSWORD.");
    }
    return answer;
  }

  private static String firstLine(String name) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (InputStream in = InputFile.open(name)) {
      for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
        if (line.size() > LONGEST_LINE) {
          throw new UsageException(
              "Error: The password file " + name + " has more than 65535 bytes in its first line.");
        }
        line.write(b);
      }
    } catch (IOException e) {
      throw new UsageException("Error: Unable to read the password file: " + e.getMessage() + ".");
    }
    return text(line.toByteArray());
  }

  private static String firstLineOf(String command) {
    byte[] line;
    try {
      line = FirstLineOfCommand.firstLine(command);
    } catch (IOException e) {
      throw new UsageException(
          "Error: --pw-command: " + e.getMessage() + ", so that there is no password.");
    }
    if (line.length > LONGEST_LINE) {
      throw new UsageException(
          "Error: --pw-command: the command printed more than 65535 bytes in its first line.");
    }
    return text(line);
  }

  private static String text(byte[] line) {
    String text = RawArguments.decode(line, 0, line.length);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
