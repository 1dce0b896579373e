package dev.midge.cli.make;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words that a template may have in braces. */
enum TemplateWord {
  COUNT("{count} or {count 100}, with the first number"),
  TIME("{time}"),
  UNIX("{unix}"),
  UNIX_MS("{unix-ms}"),
  LINE("{line}"),
  UUID("{uuid}"),
  RANDOM("{random LEAST MOST}, such as {random 1 6} or {random 20.0 25.5}"),
  SINE("{sine MESSAGES LEAST MOST}, such as {sine 60 18.0 24.5}"),
  HEX("{hex BYTES}, from {hex 1} to {hex 65536}"),
  PICK("{pick WORD ...}, such as {pick red green blue}"),
  CYCLE("{cycle WORD ...}, such as {cycle on off}"),
  ID("{id}"),
  CLIENT("{client}"),
  HOSTNAME("{hostname}"),
  PID("{pid}"),
  ENV("{env NAME}, with the name of a variable"),
  JSON("{json WORD}, with another word of a template, such as {json line}");

  private final String form;

  TemplateWord(String form) {
    this.form = form;
  }

  /** Returns its name as users write it. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the right ways to write it, for complaints. */
  String form() {
    return form;
  }

  /** Returns the one of that name; null where there is none. */
  static @Nullable TemplateWord of(String name) {
    for (TemplateWord word : values()) {
      if (word.word().equals(name)) {
        return word;
      }
    }
    return null;
  }

  /** Returns the names of all. */
  static List<String> names() {
    return Arrays.stream(values()).map(TemplateWord::word).collect(Collectors.toList());
  }
}
