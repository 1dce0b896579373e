package dev.midge.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The docstrings of types and public members begin with a subject or a verb. */
class DocstringsHaveSubjectsTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/midge");

  private static final Pattern NO_SUBJECT =
      Pattern.compile(
          "^(What|Whatever|Whether|Nothing|Nobody|Who|Whoever|Whom|Whose|How|Where|When|Why"
              + "|Those|Such|The same)\\b");

  @TempDir Path directory;

  @Test
  void docstringsOfTypesAndPublicMembersHaveSubjects() throws IOException {
    assertThat(withoutSubject(SOURCES)).isEmpty();
  }

  private static List<String> withoutSubject(Path root) throws IOException {
    List<String> found = new ArrayList<>();
    for (SourceFile file : SourceFile.below(root)) {
      for (Docstring docstring : Docstring.of(file)) {
        if ((docstring.isOfType() || docstring.isOfPublicMember())
            && NO_SUBJECT.matcher(docstring.text()).find()) {
          found.add(root.relativize(file.path()) + ": " + docstring.text());
        }
      }
    }
    return found;
  }

  @Test
  void docstringsWithoutSubjectsAreFound() throws IOException {
    Files.writeString(
        directory.resolve("A.java"),
        """
        /**
         * What it is.
         *
         * @param a a number
         */
        @Deprecated
        public final class A {
          /** Whether it is there. */
          public boolean isThere() {}

          /** Returns whether it is there. */
          public boolean is() {}

          /** Whether it is private. */
          private boolean isPrivate() {}

          /** Those behind it. */
          interface B {
            /** The same with a limit. */
            void c(int limit);

            /** Such a constant. */
            int D = 1;
          }

          /** Nothing public. */
          int e;
        }
        """);

    assertThat(withoutSubject(directory))
        .containsExactly(
            "A.java: What it is.  @param a a number",
            "A.java: Whether it is there.",
            "A.java: Those behind it.",
            "A.java: The same with a limit.",
            "A.java: Such a constant.");
  }
}
