package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Program;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher gives Java no heap of its own choosing; these JVMs have little. */
class SmallHeapIT {
  private static final int LARGE = 20 * 1024 * 1024;

  @TempDir Path directory;
  private MiniBrokerWithDoors broker;

  @BeforeEach
  void start() throws Exception {
    broker =
        new MiniBrokerWithDoors(
            directory, Limits.builder().maxPacketSize(32 * 1024 * 1024).build());
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  private static Program midge(String heap, Object... words) {
    Object[] command = new Object[words.length + 1];
    command[0] = Program.launcher();
    System.arraycopy(words, 0, command, 1, words.length);
    return Program.start(Map.of("JAVA_TOOL_OPTIONS", "-Xmx" + heap), command).await();
  }

  private Object[] words(String command, Object... more) {
    return Door.words(command, broker.endpoint(Door.TCP), more);
  }

  @Test
  void twentyMegabytesNeedNoMoreThanAHundred() throws IOException {
    byte[] payload = new byte[LARGE];
    new Random(7).nextBytes(payload);
    Path file = Files.write(directory.resolve("payload"), payload);
    Program pub = midge("100m", words("pub", "-t", "t", "-q", "1", "-r", "-f", file));
    assertThat(pub.status()).as(pub.errText()).isZero();
    Program sub = midge("100m", words("sub", "-t", "t", "-q", "1", "-N", "-C", "1"));
    assertThat(sub.status()).as(sub.errText()).isZero();

    assertThat(sub.out()).isEqualTo(payload);
  }

  @Test
  void aFileLargerThanTheHeapIsOneClearLine() throws IOException {
    Path file = directory.resolve("large");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(5L * LARGE);
    }
    Program pub = midge("32m", words("pub", "-t", "t", "-f", file));

    assertThat(pub.status()).isEqualTo(1);
    assertThat(pub.errText())
        .contains(": Out of memory, it is larger than Java's heap.\n")
        .doesNotContain("OutOfMemoryError", "at dev.midge");
  }

  @Test
  void aMessageLargerThanTheHeapEndsASubscriber() throws IOException {
    Path file = Files.write(directory.resolve("payload"), new byte[LARGE]);
    MidgeRun.run(words("pub", "-t", "t", "-r", "-f", file));
    Program sub = midge("32m", words("sub", "-t", "t", "-C", "1"));

    assertThat(sub.status()).isEqualTo(1);
    assertThat(sub.errText())
        .contains("Error: Out of memory: 127.0.0.1:")
        .contains("\nA message is larger than Java's heap");
  }
}
