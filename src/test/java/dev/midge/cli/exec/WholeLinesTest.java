package dev.midge.cli.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class WholeLinesTest {
  private final ByteArrayOutputStream shared = new ByteArrayOutputStream();

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
  }

  @Test
  void linesOfSeveralCommandsStayWhole() throws IOException {
    try (WholeLines one = new WholeLines(shared);
        WholeLines other = new WholeLines(shared)) {
      write(one, "begin ");
      write(other, "whole\nrest");
      write(one, "end\n");

      assertThat(shared.toString(UTF_8)).isEqualTo("whole\nbegin end\n");
    }
    assertThat(shared.toString(UTF_8)).isEqualTo("whole\nbegin end\nrest");
  }

  @Test
  void aLineWithoutEndIsNotHeldForEver() throws IOException {
    try (WholeLines one = new WholeLines(shared)) {
      for (int i = 0; i < 100; i++) {
        write(one, "x".repeat(1000));
      }
      assertThat(shared.size()).isGreaterThan(60_000);
    }
    assertThat(shared.size()).isEqualTo(100_000);
  }
}
