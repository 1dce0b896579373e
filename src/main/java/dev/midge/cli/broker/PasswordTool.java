package dev.midge.cli.broker;

import dev.midge.broker.access.AccessFileException;
import dev.midge.broker.access.PasswordFile;
import dev.midge.broker.access.PasswordForm;
import dev.midge.cli.Compatibility;
import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.RawArguments;
import dev.midge.text.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of {@code midge passwd}, which is that of mosquitto_passwd, and its job. */
public final class PasswordTool implements OptionTable.Source {
  private final ProcessContext context;
  private final Compatibility compatibility;
  private final List<String> words = new ArrayList<>();
  private boolean batch;
  private boolean create;
  private boolean delete;
  private boolean update;
  private boolean plainSha512;
  private PasswordForm form = PasswordForm.MOSQUITTO_2_1;
  private boolean isFormGiven;

  /** Makes one that nobody has told anything. */
  public PasswordTool(ProcessContext context, Compatibility compatibility) {
    this.context = context;
    this.compatibility = compatibility;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.PASSWORD_FILE)
        .add(
            Option.flag(
                    "Take the password as the last word of the line, where other users of the machine can see it.",
                    () -> batch = true,
                    "-b",
                    "--batch")
                .lastNameOwn())
        .add(
            Option.flag(
                    "Create the file; if it exists already, all its users are lost.",
                    () -> create = true,
                    "-c",
                    "--create")
                .lastNameOwn())
        .add(Option.flag("Delete the user.", () -> delete = true, "-D", "--delete").lastNameOwn())
        .add(
            Option.value(
                    "HASH",
                    "Error: -H argument given but not enough other arguments.",
                    "The form of the hash: sha512-pbkdf2 (default), or sha512 for mosquitto 1.6.",
                    this::hash,
                    "-H",
                    "--hash")
                .lastNameOwn())
        .add(
            Option.value(
                    "ROUNDS",
                    "Error: -I argument given but not enough other arguments.",
                    "The rounds of PBKDF2 (default: 1000).",
                    word ->
                        form(
                            PasswordForm.MOSQUITTO_2_1.withRounds(
                                compatibility.number(
                                    word,
                                    1,
                                    Integer.MAX_VALUE,
                                    "Error: Number of iterations must be > 0.",
                                    ""))),
                    "-I",
                    "--iterations")
                .lastNameOwn())
        .add(
            Option.flag(
                    "Hash the passwords of a file that has them in clear text, as lines USER:PASSWORD.",
                    () -> update = true,
                    "-U",
                    "--update")
                .lastNameOwn());
    table.operands(words::add);
    if (!compatibility.hasOwnNames()) {
      table.optionsFirst();
    }
  }

  private void form(PasswordForm given) {
    form = given;
    isFormGiven = true;
  }

  private void hash(String word) {
    switch (word) {
      case "sha512" -> plainSha512 = true;
      case "sha512-pbkdf2" -> plainSha512 = false;
      default ->
          throw contradiction(
              "Error: Unknown hash type '" + word + "'", ", it is sha512-pbkdf2 or sha512.");
    }
  }

  /**
   * Changes the file.
   *
   * @return the exit status
   * @throws UsageException for words that are missing, too many or contradict each other
   * @throws IOException when standard input or the terminal fails
   */
  public int run() throws IOException {
    check();
    PasswordForm hash = plainSha512 ? PasswordForm.SHA512 : form;
    try {
      Path file = file();
      if (update) {
        PasswordFile users = PasswordFile.read(file);
        users.hashPlain(hash);
        users.write(file);
        return ExitCode.OK;
      }
      return delete ? deleteFrom(file) : putInto(file, hash);
    } catch (AccessFileException e) {
      return failed(String.valueOf(e.getMessage()), ExitCode.FAILED);
    } catch (NewPassword.Refused e) {
      return failed(String.valueOf(e.getMessage()), e.status());
    }
  }

  private int failed(String line, int status) {
    context.err().println(compatibility.escaped(line));
    return status;
  }

  private Path file() throws AccessFileException {
    try {
      Path file = Path.of(words.get(0));
      if (!create && !Files.exists(file)) {
        throw new AccessFileException(
            "Error: Unable to open password file "
                + file
                + (compatibility.hasOwnNames()
                    ? ": no such file; -c begins a new one."
                    : ". No such file or directory."));
      }
      return file;
    } catch (InvalidPathException e) {
      throw new AccessFileException("Error: Unable to open password file: " + e.getMessage() + ".");
    }
  }

  private int deleteFrom(Path file) throws AccessFileException {
    String user = words.get(1);
    PasswordFile users = PasswordFile.read(file);
    if (!users.delete(user)) {
      return failed("Warning: User " + user + " not found in password file.", ExitCode.FAILED);
    }
    users.write(file);
    return ExitCode.OK;
  }

  private int putInto(Path file, PasswordForm hash)
      throws AccessFileException, NewPassword.Refused, IOException {
    String user = words.get(1);
    if (!user.isEmpty() && !Utf8.isValid(user) && user.chars().noneMatch(Character::isISOControl)) {
      return failed("Error: Username must be UTF-8.", ExitCode.FAILED);
    }
    // Read first: nobody should type a password for a file that is no good.
    PasswordFile users = create ? PasswordFile.empty() : PasswordFile.read(file);
    if (isFormGiven || plainSha512) {
      users.put(user, password(), hash);
    } else {
      users.put(user, password()); // in the form of the file's other lines
    }
    users.write(file);
    return ExitCode.OK;
  }

  private byte[] password() throws NewPassword.Refused, IOException {
    return words.size() > 2
        ? NewPassword.checked(RawArguments.bytes(words.get(2)))
        : new NewPassword(context, compatibility).take();
  }

  /** Checks in the order of mosquitto's tool. */
  private void check() {
    exclude(create && delete, "-c", "-D");
    exclude(create && update, "-c", "-U");
    exclude(delete && update, "-D", "-U");
    exclude(delete && batch, "-b", "-D");
    int count = words.size();
    if (create && batch) {
      need(count >= 3, "-c", "password file, username, or password");
    } else if (create || delete) {
      need(count >= 2, create ? "-c" : "-D", "password file or username");
    } else if (update) {
      need(count == 1 || count > 1 && compatibility.hasOwnNames(), "-U", "password file");
    }
    if (!compatibility.hasOwnNames()) {
      // mosquitto's tool looks at the number of words no more after one of these options.
      if (!create && !delete && !update && count != (batch ? 3 : 2)) {
        throw new UsageException(UsageException.Kind.INCOMPLETE, "", "");
      }
      while (!batch && words.size() > 2) {
        words.remove(2);
      }
    } else if (count != wanted() && !(count == 3 && takesPassword())) {
      String all = update ? "FILE" : batch ? "FILE USER PASSWORD" : "FILE USER";
      throw new UsageException(
          "Error: Too " + (count > wanted() ? "many" : "few") + " words, wanted: " + all + ".");
    }
  }

  private int wanted() {
    return update ? 1 : batch ? 3 : 2;
  }

  private boolean takesPassword() {
    return !update && !delete;
  }

  private static void exclude(boolean both, String one, String other) {
    if (both) {
      throw contradiction("Error: " + one + " and " + other + " cannot be used together.", "");
    }
  }

  private static void need(boolean isThere, String option, String what) {
    if (!isThere) {
      throw contradiction("Error: " + option + " argument given but " + what + " missing.", "");
    }
  }

  private static UsageException contradiction(String line, String detail) {
    return new UsageException(UsageException.Kind.CONTRADICTION, line, detail);
  }
}
