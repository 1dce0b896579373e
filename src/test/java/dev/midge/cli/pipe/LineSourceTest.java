package dev.midge.cli.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSourceTest {
  @Test
  void aLineFeedEndsALineAndIsNotPartOfIt() throws IOException {
    assertThat(lines("a\nb\n")).containsExactly("a", "b");
  }

  @Test
  void aLastLineWithoutLineFeedCounts() throws IOException {
    assertThat(lines("a\nb")).containsExactly("a", "b");
  }

  @Test
  void carriageReturnsAndNulBytesStay() throws IOException {
    assertThat(lines("a\r\nb\0c\n")).containsExactly("a\r", "b\0c");
  }

  @Test
  void emptyLinesAreMessages() throws IOException {
    assertThat(lines("\n\nx\n")).containsExactly("", "", "x");
    assertThat(lines("")).isEmpty();
  }

  @Test
  void aLineMayBeLongerThanTheBuffer() throws IOException {
    String large = "x".repeat(200_000);

    assertThat(lines("a\n" + large + "\nb\n")).containsExactly("a", large, "b");
  }

  @Test
  void itTellsWhetherTheNextLineIsThere() throws IOException {
    LineSource source =
        new LineSource(new ByteArrayInputStream("a\nb\nc".getBytes(StandardCharsets.UTF_8)));

    assertThat(source.isReady()).as("before anything is read").isFalse();
    source.next();
    assertThat(source.isReady()).isTrue();
    source.next();
    assertThat(source.isReady()).as("a line without an end").isFalse();
  }

  private static List<String> lines(String input) throws IOException {
    LineSource source =
        new LineSource(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    List<String> lines = new ArrayList<>();
    for (byte[] line = source.next(); line != null; line = source.next()) {
      lines.add(new String(line, StandardCharsets.UTF_8));
    }
    return lines;
  }
}
