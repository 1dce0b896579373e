package dev.midge.cli.context;

import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.options.ConnectOptions;
import dev.midge.cli.parse.RawArguments;
import dev.midge.cli.parse.SystemShell;
import dev.midge.text.TerminalEscapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens the contexts in the user's editor. It gets a copy, which takes the place of the file when
 * it has been checked, and stays where it is when it is no good.
 */
final class ContextEditor {
  private static final String USUAL_EDITOR = SystemShell.IS_CMD ? "notepad" : "vi";

  private final ProcessContext process;
  private final ContextsFile file;

  ContextEditor(ProcessContext process, ContextsFile file) {
    this.process = process;
    this.file = file;
  }

  /**
   * Edits the file, be it malformed so far.
   *
   * @return the exit status
   * @throws UsageException where the editor fails, or what was written is no good
   */
  int edit() {
    try {
      file.makeDirectory();
      List<String> before = file.lines();
      String old =
          before == null
              ? ContextsText.empty(file.path().toString()).text()
              : String.join("\n", before) + "\n";
      Path directory = file.path().toAbsolutePath().getParent();
      Path copy = Files.createTempFile(directory, "contexts.", ".edit"); // mode 0600
      boolean isKept = false;
      try {
        Files.write(copy, RawArguments.bytes(old));
        open(copy);
        List<String> written = ContextsFile.lines(Files.readAllBytes(copy));
        if (old.equals(String.join("\n", written) + "\n")) {
          process.err().println("Nothing was changed.");
          return ExitCode.OK;
        }
        isKept = true;
        replace(before, copy, written);
        isKept = false;
      } finally {
        if (!isKept) {
          Files.deleteIfExists(copy);
        }
      }
      return ExitCode.OK;
    } catch (IOException e) {
      throw new UsageException("Error: Unable to edit the contexts: " + e.getMessage() + ".");
    }
  }

  private void open(Path copy) throws IOException {
    Map<String, String> environment = process.environment();
    String editor = environment.getOrDefault("VISUAL", "");
    editor = editor.isEmpty() ? environment.getOrDefault("EDITOR", "") : editor;
    editor = editor.isEmpty() ? USUAL_EDITOR : editor;
    // The variable may hold options too, and the shell knows where words end.
    ProcessBuilder builder = new ProcessBuilder(SystemShell.words(editor, copy.toFile()));
    int status;
    try {
      status = builder.inheritIO().start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (status != 0) {
      throw new UsageException(
          "Error: The editor ended with status "
              + status
              + ": "
              + editor
              + "; VISUAL and EDITOR name another. The contexts are as they were.");
    }
  }

  private void replace(@Nullable List<String> before, Path copy, List<String> written) {
    ContextsText text;
    try {
      text = new ContextsText(copy.toString(), written);
      for (NamedContext each : text.contexts()) {
        new ContextOptions(new ConnectOptions(process), process.environment()).apply(text, each);
      }
    } catch (UsageException e) {
      throw new UsageException(e.inFull() + " The contexts are as they were.");
    }
    if (!file.replace(before, text)) {
      throw new UsageException(
          "Error: Somebody else has changed the contexts meanwhile. They are left as they are; what"
              + " you wrote is in "
              + copy
              + ".");
    }
    for (NamedContext each : text.contexts()) {
      for (NamedContext.Line line : each.lines()) {
        if (StoredPasswords.isIn(line.option(), line.argument())) {
          process
              .err()
              .println(
                  "Warning: the context '"
                      + TerminalEscapes.escaped(each.name())
                      + "' has a password in the file, in "
                      + line.option()
                      + "; --pw-file and --pw-command keep it elsewhere.");
        }
      }
    }
  }
}
