package dev.midge.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No class but the outermost one ends the process. */
class OnlyMidgeEndsTheProcessTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/midge");

  /** The classes that end the process all the same, each with the reason. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "Midge", "the outermost class, which has the exit status",
          "ProcessKill", "the fault kill: nothing may run after it",
          "FaultInjector", "injects the fault kill",
          "VictimMain", "the outermost class of the process that a drill kills",
          "ArchiveTraining", "fails the build when the training run fails",
          "HeapMemory", "keeps the Runtime, whose figures about the heap it reads");

  /**
   * Each call or reference by which a process may end itself; and each Runtime that is kept, on
   * which the calls of the last lines might follow out of sight.
   */
  private static final Pattern ENDS =
      Pattern.compile(
          "\\bSystem\\s*(\\.|::)\\s*exit\\b"
              + "|\\bimport\\s+static\\s+java\\.lang\\.(System|Runtime)\\."
              + "|(\\.|::)\\s*halt\\b"
              + "|\\b[rR]untime(\\(\\))?\\s*(\\.|::)\\s*exit\\b"
              + "|\\bProcessKill\\b"
              + "|\\bProcessHandle\\s*\\.\\s*current\\s*\\(\\)\\s*\\.\\s*destroy"
              + "|\\bgetRuntime\\s*\\(\\)(?!\\s*\\.\\s*(maxMemory|totalMemory|freeMemory"
              + "|availableProcessors|addShutdownHook|removeShutdownHook)\\b)"
              + "|\\bRuntime\\s*::\\s*getRuntime\\b");

  @TempDir Path directory;

  @Test
  void noOtherClassEndsTheProcess() throws IOException {
    Map<String, Set<String>> ends = ends(SOURCES);
    ends.keySet().removeAll(EXCEPTIONS.keySet());
    assertThat(ends).isEmpty();
  }

  @Test
  void eachExceptionIsStillNeeded() throws IOException {
    assertThat(ends(SOURCES).keySet()).containsAll(EXCEPTIONS.keySet());
  }

  /** Returns the classes that may end the process, each with the code that does it. */
  private static Map<String, Set<String>> ends(Path root) throws IOException {
    Map<String, Set<String>> found = new TreeMap<>();
    for (SourceFile file : SourceFile.below(root)) {
      Matcher matcher = ENDS.matcher(file.code());
      while (matcher.find()) {
        found.computeIfAbsent(file.type(), type -> new TreeSet<>()).add(matcher.group());
      }
    }
    return found;
  }

  @Test
  void eachWayToEndAProcessIsFound() throws IOException {
    write("A", "System.exit(1);");
    write("B", "Runtime.getRuntime().halt(1);");
    write("C", "Runtime.getRuntime().exit(1);");
    write("D", "Runtime now = Runtime.getRuntime();");
    write("E", "IntConsumer end = System::exit;");
    write("F", "IntConsumer end = runtime::halt;");
    write("G", "ProcessKill.now();");
    write("H", "ProcessHandle.current().destroyForcibly();");
    write("I", "} import static java.lang.System.exit; {");
    write("J", "Supplier<Runtime> later = Runtime::getRuntime;");
    write("None", "long most = Runtime.getRuntime().maxMemory(); String s = \"System.exit(1)\";");

    assertThat(ends(directory).keySet())
        .containsExactly("A", "B", "C", "D", "E", "F", "G", "H", "I", "J");
  }

  private void write(String type, String code) throws IOException {
    Files.writeString(directory.resolve(type + ".java"), "class " + type + " { " + code + " }");
  }
}
