package dev.midge.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchedOutputTest {
  private final List<String> writes = new ArrayList<>();
  private final BatchedOutput out =
      new BatchedOutput(
          new OutputStream() {
            @Override
            public void write(int b) {
              write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
              writes.add(new String(bytes, offset, length, StandardCharsets.US_ASCII));
            }
          });

  private void print(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void whatIsPrintedBeforeAFlushGoesOutInOneWrite() throws IOException {
    print("a");
    print("b");
    assertThat(writes).isEmpty();

    out.flush();
    assertThat(writes).containsExactly("ab");
  }

  @Test
  void whatDoesNotFitGoesOutByItselfAndInOrder() throws IOException {
    String large = "x".repeat(100_000);

    print("a");
    print(large);
    print("b");
    out.flush();

    assertThat(writes).containsExactly("a", large, "b");
  }

  @Test
  void theEndWritesTheRest() throws Exception {
    print("a");
    out.finish();

    assertThat(writes).containsExactly("a");
  }

  @Test
  void theEndIsNotHeldUpByAReaderWhoDoesNotRead() throws Exception {
    try (PipedInputStream nobody = new PipedInputStream(1)) {
      BatchedOutput full = new BatchedOutput(new PipedOutputStream(nobody));
      full.write(new byte[10]);

      full.finish();

      assertThat(nobody.available()).as("bytes that the pipe holds").isOne();
    }
  }
}
