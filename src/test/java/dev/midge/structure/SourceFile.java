package dev.midge.structure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One Java file.
 *
 * @param room the package below the root, {@code lwt.row} for instance
 * @param text the whole file
 */
record SourceFile(Path path, String room, String text) {
  private static final Pattern NO_CODE =
      Pattern.compile(
          "\"\"\"[\\s\\S]*?\"\"\""
              + "|\"(?:\\\\.|[^\"\\\\\\n])*\""
              + "|'(?:\\\\.|[^'\\\\\\n])*'"
              + "|//[^\\n]*"
              + "|/\\*[\\s\\S]*?\\*/");

  /** Reads all files below a folder, without those of packages, in order. */
  static List<SourceFile> below(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      List<SourceFile> files = new ArrayList<>();
      for (Path path : (Iterable<Path>) paths.sorted()::iterator) {
        String name = path.getFileName().toString();
        if (name.endsWith(".java") && !name.endsWith("-info.java")) {
          String room = root.relativize(path.getParent()).toString().replace('/', '.');
          files.add(new SourceFile(path, room, Files.readString(path)));
        }
      }
      return files;
    }
  }

  /** Returns the name of the class that the file is named for. */
  String type() {
    return path.getFileName().toString().replace(".java", "");
  }

  /** Returns the text without comments, strings and characters. */
  String code() {
    return NO_CODE.matcher(text).replaceAll(" ");
  }
}
