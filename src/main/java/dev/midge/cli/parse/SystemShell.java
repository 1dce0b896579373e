package dev.midge.cli.parse;

import java.io.File;
import java.util.List;

/** The system's shell, which runs a line that the user has written: {@code sh}, or cmd.exe. */
public final class SystemShell {
  /** Tells whether the shell is that of Windows. */
  public static final boolean IS_CMD = File.separatorChar == '\\';

  private SystemShell() {}

  /** Returns the words that start the shell for a line. */
  public static List<String> words(String line) {
    return words(line, IS_CMD);
  }

  static List<String> words(String line, boolean isCmd) {
    // /s has cmd.exe take the outer quotes away, and nothing else; Java passes on a word that is
    // in quotes as it is. /d leaves the commands of the registry's AutoRun out.
    return isCmd
        ? List.of("cmd.exe", "/d", "/s", "/c", '"' + line + '"')
        : List.of("/bin/sh", "-c", line);
  }

  /** Returns the words that start the shell for a line with a file name behind it. */
  public static List<String> words(String line, File file) {
    return words(line, file, IS_CMD);
  }

  static List<String> words(String line, File file, boolean isCmd) {
    return isCmd
        ? words(line + " \"" + file + '"', true) // No name of a file has a quote there.
        : List.of("/bin/sh", "-c", line + " \"$1\"", "sh", file.toString());
  }

  /** Returns the file that holds nothing. */
  static File nothing() {
    return new File(IS_CMD ? "NUL" : "/dev/null");
  }
}
