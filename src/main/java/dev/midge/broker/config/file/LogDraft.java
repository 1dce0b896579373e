package dev.midge.broker.config.file;

import dev.midge.broker.config.LogSettings;
import dev.midge.broker.config.LogSettings.Type;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of the log, as far as they were read. */
final class LogDraft {
  private boolean destinationGiven;
  private boolean stderr;
  private boolean stdout;
  private @Nullable Path file;
  private @Nullable Set<Type> types;
  boolean timestamp = true;
  @Nullable String timestampFormat;
  boolean connectionMessages = true;

  /**
   * Adds a place that lines go to, besides those before; {@code none} takes those before back.
   *
   * @param words {@code stderr}, {@code stdout}, {@code none}, or {@code file} and its name
   */
  void addDestination(String key, String words) throws BadValue {
    String first = ValueKind.firstWord(words);
    switch (first) {
      case "stderr" -> stderr = true;
      case "stdout" -> stdout = true;
      case "none" -> {
        stderr = false;
        stdout = false;
        file = null;
      }
      case "file" -> addFile(key + " file", words.substring("file".length()).strip());
      case "syslog", "topic", "dlt", "android" -> throw BadValue.refused(key + " " + first);
      default -> throw BadValue.invalid(key, first);
    }
    destinationGiven = true;
  }

  private void addFile(String key, String name) throws BadValue {
    if (name.isEmpty()) {
      throw BadValue.empty(key);
    }
    if (file != null) {
      throw BadValue.duplicate(key);
    }
    file = ValueKind.path(key, name);
  }

  /** Adds a type of lines; {@code none} takes those before back. */
  void addType(String key, String word) throws BadValue {
    Set<Type> chosen = types == null ? EnumSet.noneOf(Type.class) : types;
    switch (word) {
      case "none" -> chosen.clear();
      case "all" -> chosen.addAll(EnumSet.allOf(Type.class));
      case "error" -> chosen.add(Type.ERROR);
      case "warning" -> chosen.add(Type.WARNING);
      case "notice" -> chosen.add(Type.NOTICE);
      case "information" -> chosen.add(Type.INFORMATION);
      case "debug" -> chosen.add(Type.DEBUG);
      case "subscribe" -> chosen.add(Type.SUBSCRIBE);
      case "unsubscribe" -> chosen.add(Type.UNSUBSCRIBE);
      case "websockets" -> chosen.add(Type.WEBSOCKETS);
      case "internal" -> chosen.add(Type.INTERNAL);
      default -> throw BadValue.invalid(key, word);
    }
    types = chosen;
  }

  LogSettings settings() {
    return new LogSettings(
        stderr || !destinationGiven,
        stdout,
        file,
        types == null ? LogSettings.DEFAULT_TYPES : types,
        timestamp,
        timestampFormat,
        connectionMessages);
  }
}
