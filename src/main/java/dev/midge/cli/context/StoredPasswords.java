package dev.midge.cli.context;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The passwords in the options of a context: where they are, and how they are not shown. */
final class StoredPasswords {
  private static final String MASK = "***";
  private static final Set<String> PASSWORDS = Set.of("-P", "--pw", "--password", "--psk");
  private static final Set<String> URLS = Set.of("-L", "--url", "--proxy");

  private StoredPasswords() {}

  /** Tells whether an option gives a password itself, and not the way to it. */
  static boolean isIn(String option, @Nullable String argument) {
    return argument != null && !argument.equals(masked(option, argument));
  }

  /** Returns the argument of an option, with asterisks for a password. */
  static String masked(String option, String argument) {
    if (PASSWORDS.contains(option)) {
      return MASK;
    }
    int end = argument.lastIndexOf('@');
    if (!URLS.contains(option) || end < 0) {
      return argument;
    }
    int start = argument.indexOf("://");
    int colon = argument.indexOf(':', start < 0 ? 0 : start + 3);
    return colon < 0 || colon > end
        ? argument
        : argument.substring(0, colon + 1) + MASK + argument.substring(end);
  }
}
