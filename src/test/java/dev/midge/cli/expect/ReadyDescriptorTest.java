package dev.midge.cli.expect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.WithScriptedBroker;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A signal of readiness that cannot be given ends the command, as a failing output does. */
@EnabledOnOs(OS.LINUX)
@Execution(ExecutionMode.SAME_THREAD)
class ReadyDescriptorTest extends WithScriptedBroker {
  private static final String FULL = "No space left on device.\n";

  @TempDir Path directory;

  /**
   * Returns the number of the one descriptor of this process that leads to that file. Tests that
   * run at the same time may have others for a while.
   */
  private static String numberOf(Path file) {
    return Awaitility.await().until(() -> numbersOf(file), numbers -> numbers.size() == 1).get(0);
  }

  private static List<String> numbersOf(Path file) throws IOException {
    try (var all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(each -> leadsTo(each, file)).map(each -> each.toFile().getName()).toList();
    }
  }

  private static boolean leadsTo(Path descriptor, Path file) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file);
    } catch (IOException closed) {
      return false;
    }
  }

  private MidgeRun end(String line) throws Exception {
    MidgeRun run = MidgeRun.start(words(line));
    broker.welcome();
    if (line.startsWith("sub")) {
      Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
      broker.send(new Suback(subscribe.packetId(), List.of(0), Properties.NONE));
    }
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    return run.await();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sub -p PORT -t a",
        "sub -p PORT -t a --expect x --none",
        "sub -p PORT -t a --engine paho",
        "conn -p PORT",
        "conn -p PORT --count 1",
        "conn -p PORT --count 1 --json"
      })
  void aDeviceThatIsFullEndsTheCommandWith1(String line) throws Exception {
    Path full = Path.of("/dev/full");
    try (OutputStream out = new FileOutputStream(full.toFile())) {
      String number = numberOf(full);
      MidgeRun run = end(line + " --ready-fd " + number);

      assertThat(run.status()).as(run.errText()).isEqualTo(1);
      assertThat(run.errText())
          .endsWith("Error: Unable to write to --ready-fd " + number + ": " + FULL)
          .containsOnlyOnce("Unable");
      out.flush();
    }
  }

  @Test
  void quietPrintsNothingOfIt() throws Exception {
    Path full = Path.of("/dev/full");
    try (OutputStream out = new FileOutputStream(full.toFile())) {
      MidgeRun run = end("sub -p PORT -t a --quiet --ready-fd " + numberOf(full));

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.errText()).isEmpty();
      out.flush();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub -p PORT -t a", "conn -p PORT", "conn -p PORT --count 1"})
  void aPipeThatNobodyReadsEndsItWithoutAMessage(String line) throws Exception {
    Path pipe = directory.toRealPath().resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw");
    try (OutputStream out = new FileOutputStream(pipe.toFile())) {
      reader.close();
      MidgeRun run = end(line + " --ready-fd " + numberOf(pipe));

      assertThat(run.status()).isZero();
      assertThat(run.errText()).doesNotContain("Error");
      out.flush();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub -p PORT -t a", "conn -p PORT", "conn -p PORT --count 1"})
  void aFileWhoseDirectoryHasGoneEndsItWith1(String line) throws Exception {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    Path file = gone.resolve("ready");
    MidgeRun run = MidgeRun.start(words(line + " --ready-file " + file));
    broker.accept();
    broker.read(PacketType.CONNECT);
    Files.delete(gone);
    broker.send(new Connack(false, 0, Properties.NONE));
    if (line.startsWith("sub")) {
      Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
      broker.send(new Suback(subscribe.packetId(), List.of(0), Properties.NONE));
    }
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();

    assertThat(run.await().status()).isEqualTo(1);
    assertThat(run.errText())
        .endsWith(
            "Error: Unable to write --ready-file "
                + file
                + ": its directory does not exist any more.\n");
  }
}
