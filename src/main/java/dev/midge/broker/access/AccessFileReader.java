package dev.midge.broker.access;

import dev.midge.broker.access.AccessRule.Access;
import dev.midge.mqtt.Topics;
import dev.midge.text.TerminalEscapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads an access file, once. */
final class AccessFileReader {
  private static final Map<String, Set<Access>> WORDS =
      Map.of(
          "read", Set.of(Access.READ),
          "write", Set.of(Access.WRITE),
          "readwrite", Set.of(Access.READ, Access.WRITE),
          "deny", Set.of());

  private final Path file;
  private final List<AccessRule> anonymous = new ArrayList<>();
  private final Map<String, List<AccessRule>> users = new HashMap<>();
  private final List<AccessRule> patterns = new ArrayList<>();
  private List<AccessRule> section = anonymous;
  private int number; // of the line

  AccessFileReader(Path file) {
    this.file = file;
  }

  void read() throws AccessFileException {
    for (String line : FileText.lines(file, "acl_file")) {
      number++;
      if (!line.startsWith("#") && !line.isBlank()) {
        read(line.stripTrailing());
      }
    }
  }

  /** Returns the rules for clients without user name. */
  List<AccessRule> anonymous() {
    return anonymous;
  }

  /** Returns the rules of each user that has a section. */
  Map<String, List<AccessRule>> users() {
    return users;
  }

  /** Returns the rules for all clients. */
  List<AccessRule> patterns() {
    return patterns;
  }

  private void read(String line) throws AccessFileException {
    String[] words = withoutSpaces(line).split(" ", 2);
    String rest = words.length < 2 ? "" : withoutSpaces(words[1]);
    switch (words[0]) {
      case "topic" -> section.add(rule(rest, false));
      case "pattern" -> patterns.add(rule(rest, true));
      case "user" -> {
        String name = rest.strip();
        if (name.isEmpty()) {
          throw problem("Missing username", "");
        }
        section = users.computeIfAbsent(name, key -> new ArrayList<>());
      }
      default -> throw problem("Invalid line", ": it begins with none of topic, pattern and user");
    }
  }

  /**
   * @param text ACCESS FILTER, or FILTER alone
   */
  private AccessRule rule(String text, boolean isPattern) throws AccessFileException {
    if (text.isEmpty()) {
      throw problem("Empty topic", "");
    }
    String[] words = text.split(" ", 2);
    String filter = words.length < 2 ? words[0] : words[1].strip();
    Set<Access> granted = WORDS.get(words.length < 2 ? "readwrite" : words[0]);
    if (granted == null) {
      throw problem(
          "Invalid topic access type \"" + TerminalEscapes.forLog(words[0]) + "\"",
          ": it is none of read, write, readwrite and deny");
    }
    if (!Topics.isValidFilter(filter)) {
      throw problem("Invalid ACL topic \"" + TerminalEscapes.forLog(filter) + "\"", "");
    }
    return new AccessRule(granted, filter, isPattern);
  }

  private AccessFileException problem(String what, String why) {
    return new AccessFileException(
        "Error: " + what + " in acl_file \"" + file + "\", line " + number + why + ".");
  }

  private static String withoutSpaces(String text) {
    int from = 0;
    while (from < text.length() && text.charAt(from) == ' ') {
      from++;
    }
    return text.substring(from);
  }
}
