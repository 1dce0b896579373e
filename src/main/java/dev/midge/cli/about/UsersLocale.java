package dev.midge.cli.about;

import java.util.Map;

/** The locale of the user, which the launcher tells, because it gives Java another one. */
public final class UsersLocale {
  private UsersLocale() {}

  /** Returns its name; empty where none is set. */
  public static String name(Map<String, String> environment) {
    String told = System.getProperty("midge.locale");
    if (told != null) {
      return told;
    }
    for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = environment.getOrDefault(variable, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}
