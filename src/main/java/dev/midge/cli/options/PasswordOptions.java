package dev.midge.cli.options;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.InputFile;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionSource;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.RawArguments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.Stack;
import java.util.function.Supplier;

/**
 * The password, and the ways to give it. Those that midge adds keep it out of the process list.
 * {@link ConnectOptions} owns it; of several ways the last counts.
 */
final class PasswordOptions implements OptionSource {
  /** A password of MQTT has at most so many bytes, and a carriage return may stand behind it. */
  private static final int LONGEST_LINE = 65_536;

  private final ProcessContext context;
  private final Compatibility compatibility;
  private String password;
  private String file;
  private boolean ask;
  private String open;

  PasswordOptions(ProcessContext context, Compatibility compatibility) {
    this.context = context;
    this.compatibility = compatibility;
  }

  @Override
  public void addTo(OptionTable table) {
    if (compatibility == Compatibility.MOSQUITTO) {
      table.add(Option.value("PASSWORD", "no password", "Password.", this::set, "-P", "--pw"));
      return;
    }
    table
        .add(
            new Option(
                new String[] {"-P", "--pw", "--password"},
                "PASSWORD",
                "Password. As the last word of the line, without a value: asks for it on the terminal.",
                this::take,
                1))
        .add(
            Option.flag(
                "Ask for the password on the terminal.",
                () -> set(null, null, true),
                "--ask-password"))
        .add(
            Option.value(
                "FILE",
                "no password file",
                "Take the first line of this file as the password.",
                word -> set(null, word, false),
                "--pw-file"));
  }

  private void take(Stack<String> words) {
    if (words.isEmpty()) {
      set(null, null, true);
    } else {
      set(words.pop());
    }
  }

  void set(String word) {
    set(word, null, false);
  }

  private void set(String newPassword, String newFile, boolean newAsk) {
    password = newPassword;
    file = newFile;
    ask = newAsk;
  }

  boolean isGiven() {
    return password != null || file != null || ask;
  }

  /**
   * The password with its true bytes, as {@link RawArguments} says; null for none. Asks once.
   *
   * @param question what the terminal shows
   * @throws UsageException when it cannot be had
   */
  String password(Supplier<String> question) {
    if (ask) {
      set(asked(question.get()));
    } else if (file != null) {
      open = isOpen(file) ? file : null;
      set(firstLine(file));
    }
    return password;
  }

  /** The file that the password was read from, if others may read it too; null otherwise. */
  String openFile() {
    return open;
  }

  /** Whether group or others may read a file; a pipe is nobody else's. */
  private static boolean isOpen(String name) {
    try {
      Path path = Path.of(name);
      if (!Files.isRegularFile(path)) {
        return false;
      }
      Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(path);
      return allowed.contains(PosixFilePermission.GROUP_READ)
          || allowed.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException | InvalidPathException e) {
      return false; // Nobody knows.
    }
  }

  private String asked(String question) {
    String answer;
    try {
      answer = context.prompt().ask(question);
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
    String text = RawArguments.decode(line.toByteArray(), 0, line.size());
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
