package dev.midge.broker.access;

import dev.midge.text.TerminalEscapes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The users that a broker knows, with the hashes of their passwords. Immutable. */
public final class Passwords {
  private final Map<String, PasswordHash> users;

  private Passwords(Map<String, PasswordHash> users) {
    this.users = Map.copyOf(users);
  }

  /**
   * Reads a password file of mosquitto's.
   *
   * @throws AccessFileException when the file cannot be read, or a line is no good
   */
  public static Passwords read(Path file) throws AccessFileException {
    Map<String, PasswordHash> users = new HashMap<>();
    List<String> lines = FileText.lines(file, "pwfile");
    for (int i = 0; i < lines.size(); i++) {
      String where = "'" + file + "', line " + (i + 1) + ": ";
      PasswordLine line = PasswordLine.of(lines.get(i));
      if (line == null) {
        continue;
      }
      if (line.hash() == null) {
        throw new AccessFileException(
            "Error: Invalid line in password file " + where + "a line is USER:HASH.");
      }
      PasswordHash hash = PasswordHash.parse(line.hash());
      String user = TerminalEscapes.forLog(line.user());
      String problem =
          line.user().isEmpty()
              ? "the name of the user is empty."
              : users.containsKey(line.user())
                  ? "user '" + user + "' is there twice."
                  : "that of user '" + user + "' is neither of the form $7$ nor $6$.";
      if (hash == null || line.user().isEmpty() || users.put(line.user(), hash) != null) {
        throw new AccessFileException(
            "Error: Unable to decode line in password file " + where + problem);
      }
    }
    return new Passwords(users);
  }

  /**
   * Makes those of users that no file holds.
   *
   * @param passwords by user; they are kept as hashes
   */
  public static Passwords of(Map<String, String> passwords) {
    Map<String, PasswordHash> users = new HashMap<>();
    passwords.forEach(
        (user, password) ->
            users.put(
                user,
                PasswordHash.of(password.getBytes(StandardCharsets.UTF_8), PasswordForm.SHA512)));
    return new Passwords(users);
  }

  /**
   * Tells whether the password is the user's; false for an unknown user. Takes milliseconds, and no
   * other time if the password is wrong or the user unknown. For any thread.
   */
  public boolean check(String user, byte[] password) {
    PasswordHash hash = users.get(user);
    if (hash == null) {
      // As much work for nothing: the time must not tell which users there are.
      users.values().stream().findFirst().ifPresent(other -> other.isOf(password));
      return false;
    }
    return hash.isOf(password);
  }

  /** Tells whether the user has the same password in both, as far as that shows in the hashes. */
  public boolean isSameFor(String user, Passwords other) {
    PasswordHash hash = users.get(user);
    return hash != null && hash.equals(other.users.get(user));
  }
}
