package dev.midge.broker.config.file;

import dev.midge.text.TerminalEscapes;
import dev.midge.text.Utf8;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Reads the lines of a configuration file, and of those in its {@code include_dir}. */
final class FileReading {
  private static final String ENDING = ".conf";

  /** The order of mosquitto's documentation: A before a before B. */
  private static final Comparator<String> BY_NAME =
      String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder());

  private final Keys keys = new Keys();
  private final Draft draft;

  FileReading(Draft draft) {
    this.draft = draft;
  }

  /** Reads the main file. */
  void read(Path file) throws ConfigFileException {
    read(file, false);
  }

  private void read(Path file, boolean included) throws ConfigFileException {
    byte[] bytes = bytes(file);
    int number = 0;
    int from = 0;
    while (from < bytes.length) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      number++;
      String place = "\nError found at " + shown(file) + ":" + number + ".";
      try {
        line(Arrays.copyOfRange(bytes, from, to), included, place);
        include();
      } catch (BadValue e) {
        throw new ConfigFileException(e.getMessage() + place);
      } catch (ConfigFileException e) {
        throw new ConfigFileException(e.getMessage() + place);
      }
      from = to + 1;
    }
  }

  private static byte[] bytes(Path file) throws ConfigFileException {
    if (Files.isDirectory(file)) {
      throw new ConfigFileException("Error: Config file '" + shown(file) + "' is a directory.");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException | SecurityException | OutOfMemoryError e) {
      throw new ConfigFileException("Error: Unable to open config file '" + shown(file) + "'.");
    }
  }

  private void line(byte[] bytes, boolean included, String place) throws BadValue {
    if (bytes.length == 0 || bytes[0] == '#') {
      return; // a comment may be in any encoding
    }
    String text = Utf8.strictly(bytes);
    if (text == null) {
      throw BadValue.malformed();
    }
    text = withoutBlanks(text);
    if (text.isEmpty()) {
      return;
    }
    String name = ValueKind.firstWord(text);
    String value = withoutBlanks(text.substring(name.length()));
    Key key = keys.find(name);
    if (key != null) {
      key.apply(draft, value);
    } else if (RefusedKeys.contain(name)) {
      throw BadValue.refused(name);
    } else {
      throw new BadValue(
          "Error: Unknown configuration variable '" + TerminalEscapes.forLog(name) + "'.");
    }
    if (included && draft.include != null) {
      draft.include = null;
      draft.warnings.add(
          "Warning: include_dir is read in the main file only, and left out here:"
              + place.substring("\nError found at".length()));
    }
  }

  /** Returns the text without spaces before it, and without spaces, tabs and such behind it. */
  private static String withoutBlanks(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && text.charAt(from) == ' ') {
      from++;
    }
    while (to > from && " \t\r\f\u000b".indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Reads the files of the folder that the last line has named, as if they stood there. */
  private void include() throws BadValue, ConfigFileException {
    Path folder = draft.include;
    if (folder == null) {
      return;
    }
    draft.include = null;
    for (String name : names(folder)) {
      read(folder.resolve(name), true);
    }
  }

  private static List<String> names(Path folder) throws BadValue {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path each : entries) {
        String name = String.valueOf(each.getFileName());
        if (name.endsWith(ENDING) && name.length() > ENDING.length()) {
          names.add(name);
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      throw new BadValue("Error: Unable to open include_dir '" + shown(folder) + "'.");
    }
    names.sort(BY_NAME);
    return names;
  }

  private static String shown(Path path) {
    return TerminalEscapes.forLog(path.toString());
  }
}
