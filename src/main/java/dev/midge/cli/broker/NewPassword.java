package dev.midge.cli.broker;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.Prompt;
import dev.midge.cli.parse.RawArguments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes a new password from the user: twice from a person at a terminal; else from standard input,
 * whose first line it is, and whose second line, if there is one, has to repeat it. mosquitto's
 * tool has to have both lines.
 */
final class NewPassword {
  /** A password that cannot be taken; the message is a whole line for the user. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    private Refused(String line, int status) {
      super(line, null, false, false);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  private static final String FIRST = "Password: ";
  private static final String AGAIN = "Reenter password: ";
  private static final int FAILED = 1;
  private static final int NOT_THE_SAME = 2; // as mosquitto's tool
  private static final int LONGEST = 65535; // bytes, in MQTT

  private final ProcessContext context;
  private final Compatibility compatibility;

  NewPassword(ProcessContext context, Compatibility compatibility) {
    this.context = context;
    this.compatibility = compatibility;
  }

  /**
   * Asks or reads.
   *
   * @throws IOException when standard input or the terminal fails
   */
  byte[] take() throws Refused, IOException {
    byte[] password = first();
    byte @Nullable [] again = context.inIsTerminal() ? asked(AGAIN) : again();
    if (again != null && !Arrays.equals(password, again)) {
      throw new Refused("Error: Passwords do not match.", NOT_THE_SAME);
    }
    return password;
  }

  private byte[] first() throws Refused, IOException {
    if (context.inIsTerminal()) {
      return asked(FIRST);
    }
    byte[] line = line(FIRST);
    if (line == null || line.length == 0) {
      throw empty();
    }
    return line;
  }

  private byte @Nullable [] again() throws Refused, IOException {
    byte[] line = line(AGAIN);
    if (!compatibility.hasOwnNames() && (line == null || line.length == 0)) {
      throw empty();
    }
    return line;
  }

  private byte[] asked(String question) throws Refused, IOException {
    String answer;
    try {
      answer = context.prompt().ask(question);
    } catch (Prompt.NoAnswer e) {
      throw empty();
    }
    if (answer == null) {
      throw new Refused(
          "Error: There is no terminal to ask for the password at: give it on standard input.",
          FAILED);
    }
    if (answer.isEmpty()) {
      throw empty();
    }
    return checked(RawArguments.bytes(answer));
  }

  private static Refused empty() {
    return new Refused("Error: Empty password.", FAILED);
  }

  static byte[] checked(byte[] password) throws Refused {
    if (password.length > LONGEST) {
      throw new Refused("Error: Password must be less than 65536 characters long.", FAILED);
    }
    return password;
  }

  /** Reads a line of standard input without its end; null at the end of all input. */
  private byte @Nullable [] line(String question) throws Refused, IOException {
    boolean isTold = !compatibility.hasOwnNames();
    if (isTold) {
      context.print(question);
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = context.in().read();
    boolean isEnd = b < 0;
    for (; b >= 0 && b != '\n'; b = context.in().read()) {
      if (line.size() <= LONGEST + 1) { // a carriage return may stand behind it
        line.write(b);
      }
    }
    byte[] bytes = line.toByteArray();
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    if (isTold && length > 0) {
      context.print("\n");
    }
    return isEnd ? null : checked(Arrays.copyOf(bytes, length));
  }
}
