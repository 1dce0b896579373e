package dev.midge.cli.broker;

import dev.midge.broker.access.AccessFileException;
import dev.midge.broker.access.AccessRules;
import dev.midge.broker.access.OpenFile;
import dev.midge.broker.access.Passwords;
import dev.midge.broker.access.Security;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The options for who may connect to a broker without a configuration file, and do what. */
final class AccessOptions implements OptionTable.Source {
  private final Map<String, String> users = new LinkedHashMap<>();
  private @Nullable String passwordFile;
  private @Nullable String accessFile;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.USERS)
        .add(
            Option.value(
                    "NAME:PASSWORD",
                    "no user",
                    "Let in this user, and nobody without a password; may be repeated. Other users of the machine can see the password: use --password-file to keep it from them.",
                    this::user,
                    "--user")
                .own())
        .add(
            Option.value(
                    "FILE",
                    "no password file",
                    "Let in the users of this file, which midge passwd writes, and nobody else.",
                    word -> passwordFile = word,
                    "--password-file")
                .own())
        .add(
            Option.value(
                    "FILE",
                    "no access file",
                    "Take the topics that each client may read and write from this file, which has the form of mosquitto's acl_file.",
                    word -> accessFile = word,
                    "--acl")
                .own());
  }

  private void user(String word) {
    int colon = word.indexOf(':');
    if (colon <= 0) {
      // The word is not shown: it may be the password.
      throw new UsageException("Error: --user takes NAME:PASSWORD.");
    }
    String name = word.substring(0, colon);
    if (users.put(name, word.substring(colon + 1)) != null) {
      throw new UsageException("Error: --user gives '" + name + "' two passwords.");
    }
  }

  /** Returns the name of an option that was given; null for none. */
  @Nullable String given() {
    return !users.isEmpty()
        ? "--user"
        : passwordFile != null ? "--password-file" : accessFile != null ? "--acl" : null;
  }

  boolean hasPasswords() {
    return !users.isEmpty() || passwordFile != null;
  }

  /**
   * Reads the files.
   *
   * @param warnings takes lines about secrets that others can see
   * @throws AccessFileException when one is no good
   * @throws UsageException when there are two sources of passwords
   */
  Security security(Consumer<String> warnings) throws AccessFileException {
    if (!users.isEmpty() && passwordFile != null) {
      throw new UsageException("Error: --user and --password-file exclude each other.");
    }
    if (given() == null) {
      return Security.OPEN;
    }
    if (!users.isEmpty()) {
      warnings.accept(
          "Warning: other users of this machine can see the passwords of --user;"
              + " --password-file keeps them from them.");
    }
    Passwords passwords =
        passwordFile != null
            ? Passwords.read(warned(passwordFile, warnings))
            : users.isEmpty() ? null : Passwords.of(users);
    AccessRules rules = accessFile == null ? null : AccessRules.read(warned(accessFile, warnings));
    return new Security(passwords == null, passwords, rules);
  }

  private static Path warned(String name, Consumer<String> warnings) {
    Path file = OptionPaths.path(name);
    String warning = OpenFile.warning(file);
    if (warning != null) {
      warnings.accept(warning);
    }
    return file;
  }
}
