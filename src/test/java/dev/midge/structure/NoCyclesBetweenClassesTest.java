package dev.midge.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No two classes of one package know each other both ways, directly or round a circle. */
class NoCyclesBetweenClassesTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/midge");

  /** Arrows that are left out, each with the reason: {@code "lwt.row: Row -> RowRun"}. */
  private static final Map<String, String> EXCEPTIONS = Map.of();

  @TempDir Path directory;

  @Test
  void noClassesKnowEachOtherBothWays() throws IOException {
    assertThat(cycles(SOURCES, EXCEPTIONS.keySet())).isEmpty();
  }

  @Test
  void eachExceptionIsStillNeeded() throws IOException {
    for (String exception : EXCEPTIONS.keySet()) {
      List<String> others = new ArrayList<>(EXCEPTIONS.keySet());
      others.remove(exception);
      assertThat(cycles(SOURCES, Set.copyOf(others))).as(exception).isNotEmpty();
    }
  }

  /** Returns one line for each circle: its package and the arrows in it. */
  private static List<String> cycles(Path root, Set<String> exceptions) throws IOException {
    Map<String, List<SourceFile>> rooms =
        SourceFile.below(root).stream()
            .collect(Collectors.groupingBy(SourceFile::room, TreeMap::new, Collectors.toList()));
    List<String> cycles = new ArrayList<>();
    rooms.forEach(
        (room, files) -> {
          Map<String, Set<String>> arrows = ClassArrows.between(files);
          arrows.forEach(
              (from, names) ->
                  names.removeIf(to -> exceptions.contains(room + ": " + from + " -> " + to)));
          for (Set<String> circle : Cycles.in(arrows)) {
            List<String> inside = new ArrayList<>();
            for (String from : circle) {
              for (String to : arrows.get(from)) {
                if (circle.contains(to)) {
                  inside.add(from + " -> " + to);
                }
              }
            }
            cycles.add(room + ": " + String.join(", ", inside));
          }
        });
    return cycles;
  }

  private void write(String type, String code) throws IOException {
    Path room = Files.createDirectories(directory.resolve("a"));
    Files.writeString(room.resolve(type + ".java"), "package dev.midge.a;\n" + code);
  }

  @Test
  void aCircleIsFoundThroughNestedClassesAndStaticImports() throws IOException {
    write("One", "class One { static class Inner { Two two; } }");
    write("Two", "import static dev.midge.a.Three.LIMIT;\nclass Two { int limit = LIMIT; }");
    write("Three", "class Three { static int LIMIT = One.Inner.class.hashCode(); }");
    write("Four", "class Four { One one; }");

    assertThat(cycles(directory, Set.of()))
        .containsExactly("a: One -> Two, Three -> One, Two -> Three");
    assertThat(cycles(directory, Set.of("a: Three -> One"))).isEmpty();
  }

  @Test
  void commentsStringsSealedTypesAndOtherPackagesAreNoCircle() throws IOException {
    write("Shape", "sealed interface Shape permits Circle,\n    Square {}");
    write("Circle", "import dev.midge.b.Square;\nrecord Circle(Square square) implements Shape {}");
    write("Square", "record Square() implements Shape {\n  /** As {@link Text}. */ int a() {} }");
    write("Text", "class Text { String text = \"Square\"; Square square; // Circle\n }");

    assertThat(cycles(directory, Set.of())).isEmpty();
  }
}
