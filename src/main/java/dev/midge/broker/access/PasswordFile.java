package dev.midge.broker.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A password file that is changed. All lines but those of the users concerned stay as they are, to
 * the byte. For one thread.
 */
public final class PasswordFile {
  private static final int MAX_USER = 65535; // bytes, as in MQTT

  private final List<String> lines; // with their ends, a character for each byte

  private PasswordFile(List<String> lines) {
    this.lines = lines;
  }

  /** Makes one without a line. */
  public static PasswordFile empty() {
    return new PasswordFile(new ArrayList<>());
  }

  /**
   * Reads a file. Lines that the broker would refuse are kept, too.
   *
   * @throws AccessFileException when the file cannot be read
   */
  public static PasswordFile read(Path file) throws AccessFileException {
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      List<String> lines = new ArrayList<>();
      for (int from = 0; from < text.length(); ) {
        int end = text.indexOf('\n', from);
        int next = end < 0 ? text.length() : end + 1;
        lines.add(text.substring(from, next));
        from = next;
      }
      return new PasswordFile(lines);
    } catch (IOException e) {
      throw new AccessFileException(
          "Error: Unable to open password file " + file + ": " + FileText.reason(e) + ".");
    }
  }

  public boolean has(String user) {
    return lines.stream().anyMatch(line -> isOf(user, line));
  }

  /**
   * Adds a user, or changes the password of one, in the form of mosquitto 2.1's tool; in that of
   * 2.0 if the file has such lines, since mosquitto 2.0, which may use it, reads no others.
   *
   * @throws AccessFileException when the name cannot stand in a password file
   */
  public void put(String user, byte[] password) throws AccessFileException {
    boolean isOld =
        lines.stream().map(PasswordFile::hash).anyMatch(hash -> hash != null && hash.isOld());
    put(user, password, isOld ? PasswordForm.MOSQUITTO_2_0 : PasswordForm.MOSQUITTO_2_1);
  }

  private static @Nullable PasswordHash hash(String line) {
    PasswordLine parts = PasswordLine.of(line);
    return parts == null || parts.hash() == null ? null : PasswordHash.parse(parts.hash());
  }

  /**
   * Adds a user, or changes the password of one.
   *
   * @throws AccessFileException when the name cannot stand in a password file
   */
  public void put(String user, byte[] password, PasswordForm form) throws AccessFileException {
    checkUser(user);
    String line = bytes(user + ":" + PasswordHash.of(password, form).text());
    int at = indexOf(user);
    if (at < 0) {
      endLastLine();
      lines.add(line + "\n");
      return;
    }
    String old = lines.get(at);
    lines.set(at, line + old.substring(old.stripTrailing().length()));
    for (int i = lines.size() - 1; i > at; i--) {
      if (isOf(user, lines.get(i))) {
        lines.remove(i); // a second line of a user is an error to the broker
      }
    }
  }

  /** Deletes a user; returns false if there is none of this name. */
  public boolean delete(String user) {
    return lines.removeIf(line -> isOf(user, line));
  }

  /**
   * Puts hashes in the place of passwords that stand there as they are: all that is behind the
   * first colon of a line. Hashes stay, and so do comments and blank lines.
   *
   * @throws AccessFileException when a line has no colon or the name of its user is missing; then
   *     nothing has changed
   */
  public void hashPlain(PasswordForm form) throws AccessFileException {
    List<String> changed = new ArrayList<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (line.isBlank() || line.startsWith("#")) {
        changed.add(line);
        continue;
      }
      if (colon <= 0) {
        throw new AccessFileException(
            "Error: Corrupt password file at line " + (changed.size() + 1) + ".");
      }
      int end = line.length();
      while (end > colon + 1 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
        end--;
      }
      String secret = line.substring(colon + 1, end);
      boolean isHash = PasswordHash.parse(secret.strip()) != null;
      byte[] password = secret.getBytes(StandardCharsets.ISO_8859_1);
      changed.add(
          isHash
              ? line
              : line.substring(0, colon + 1)
                  + PasswordHash.of(password, form).text()
                  + line.substring(end));
    }
    lines.clear();
    lines.addAll(changed);
  }

  /**
   * Writes the file: beside it first, so that it is always whole. One that was there keeps its mode
   * and, if the process may do that, its owner and group; a new one is for its owner only.
   *
   * @throws AccessFileException when it cannot be written; then it is as it was
   */
  public void write(Path file) throws AccessFileException {
    byte[] content = String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
    try {
      WholeFile.replace(file, content);
    } catch (IOException e) {
      throw new AccessFileException(
          "Error: Unable to write password file " + file + ": " + FileText.reason(e) + ".");
    }
  }

  private static void checkUser(String user) throws AccessFileException {
    String problem = null;
    if (user.isBlank()) {
      problem = "must not be empty";
    } else if (user.indexOf(':') >= 0) {
      problem = "must not contain the ':' character";
    } else if (user.chars().anyMatch(Character::isISOControl)) {
      problem = "must not contain control characters";
    } else if (user.startsWith("#")) {
      problem = "must not begin with '#', as comments do";
    } else if (!user.strip().equals(user)) {
      problem = "must not begin or end with a space";
    } else if (user.getBytes(StandardCharsets.UTF_8).length > MAX_USER) {
      problem = "must be no longer than " + MAX_USER + " bytes";
    }
    if (problem != null) {
      throw new AccessFileException("Error: Username " + problem + ".");
    }
  }

  private int indexOf(String user) {
    for (int i = 0; i < lines.size(); i++) {
      if (isOf(user, lines.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isOf(String user, String line) {
    String text = new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    PasswordLine parts = PasswordLine.of(text);
    return parts != null && parts.user().equals(user);
  }

  /** Returns the text with a character for each byte of its UTF-8. */
  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private void endLastLine() {
    int last = lines.size() - 1;
    if (last >= 0 && !lines.get(last).endsWith("\n")) {
      lines.set(last, lines.get(last) + "\n");
    }
  }
}
