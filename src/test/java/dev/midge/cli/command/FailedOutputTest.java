package dev.midge.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.WithScriptedBroker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A write to standard output that fails ends a command that only waits, whoever wrote. */
class FailedOutputTest extends WithScriptedBroker {
  private static final String FULL = "No space left on device";
  private static final String GONE = "Broken pipe";

  /** A standard output whose writes fail from the one on that has a certain text in it. */
  private static final class Failing extends OutputStream {
    private final String from;
    private final String reason;
    private boolean failed;

    Failing(String from, String reason) {
      this.from = from;
      this.reason = reason;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b});
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      failed |= new String(bytes, offset, length, StandardCharsets.UTF_8).contains(from);
      if (failed) {
        throw new IOException(reason);
      }
    }
  }

  private MidgeRun start(String line, String from, String reason, String called, InputStream in) {
    return MidgeRun.startTo(new Failing(from, reason), called, in, words(line));
  }

  /** Plays the broker up to the DISCONNECT of the client. */
  private Disconnect farewell() throws Exception {
    broker.welcome();
    while (true) {
      Packet packet = broker.read();
      if (packet instanceof Subscribe subscribe) {
        broker.send(new Suback(subscribe.packetId(), List.of(0), Properties.NONE));
      } else if (packet == null || packet instanceof Disconnect) {
        assertThat(packet).as("the end of the connection").isNotNull();
        return (Disconnect) packet;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sub -p PORT -t t --message-rate, msgs/s",
        "sub -p PORT -t t -d, SUBACK",
        "conn -p PORT -d, CONNACK",
        "conn -p PORT --json, connected",
        "rr -p PORT -t r -e a -m x -d, SUBACK",
        "pub -p PORT -t t -l -d, CONNACK",
        "pub -p PORT -t t -m x --repeat 2 --repeat-delay 1000 -d, CONNACK"
      })
  void theClientEndsByDisconnect(String row) throws Exception {
    String[] parts = row.split(", ");
    try (PipedOutputStream silent = new PipedOutputStream()) {
      MidgeRun full = start(parts[0], parts[1], FULL, null, new PipedInputStream(silent));
      assertThat(farewell().reasonCode()).isZero();
      assertThat(full.await().errText())
          .endsWith("Error: Could not write to standard output: " + FULL + ".\n")
          .containsOnlyOnce("Error");
      assertThat(full.status()).isEqualTo(1);

      MidgeRun gone =
          start(parts[0], parts[1], GONE, null, new PipedInputStream(new PipedOutputStream()));
      assertThat(farewell().reasonCode()).isZero();
      assertThat(gone.await().errText()).doesNotContain("Error");
      assertThat(gone.status()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sub -p PORT -t t -w",
        "sub -p PORT -t t -d",
        "conn -p PORT -d",
        "rr -p PORT -t r -e a -m x -d",
        "pub -p PORT -t t -l -d"
      })
  void soItDoesBeforeTheBrokerHasAnswered(String line) throws Exception {
    try (PipedOutputStream silent = new PipedOutputStream()) {
      MidgeRun full = start(line, "", FULL, null, new PipedInputStream(silent)).await();
      assertThat(full.errText())
          .isEqualTo("Error: Could not write to standard output: " + FULL + ".\n");
      assertThat(full.status()).isEqualTo(1);

      MidgeRun gone =
          start(line, "", GONE, null, new PipedInputStream(new PipedOutputStream())).await();
      assertThat(gone.errText()).isEmpty();
      assertThat(gone.status()).isZero();
    }
  }

  @Test
  void aSubscriberUnderMosquittosNameEndsToo() throws Exception {
    MidgeRun gone = start("-p PORT -t t -d", "SUBACK", GONE, "mosquitto_sub", none());
    farewell();
    assertThat(gone.await().errText()).isEmpty();
    assertThat(gone.status()).isZero();
  }

  @Test
  void aPublisherUnderMosquittosNameGoesOnWithoutAReader() throws Exception {
    InputStream lines = new ByteArrayInputStream("a\nb\n".getBytes(StandardCharsets.US_ASCII));
    MidgeRun run = start("-p PORT -t t -l -d", "", GONE, "mosquitto_pub", lines);
    broker.welcome();
    assertThat(((Publish) broker.read(PacketType.PUBLISH)).message().payload())
        .asString()
        .isEqualTo("a");
    assertThat(((Publish) broker.read(PacketType.PUBLISH)).message().payload())
        .asString()
        .isEqualTo("b");
    broker.read(PacketType.DISCONNECT);
    assertThat(run.await().errText()).isEmpty();
    assertThat(run.status()).isZero();
  }

  private static InputStream none() {
    return InputStream.nullInputStream();
  }
}
