package dev.midge.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.WithScriptedBroker;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker that throws a client out, or grants less than was asked for, is heard. */
class DenialsTest extends WithScriptedBroker {
  private static final Properties REASON =
      Properties.builder().add(Property.REASON_STRING, "not yours").build();

  private MidgeRun start(String line) {
    return MidgeRun.start(words(line));
  }

  private void grant(Integer... codes) throws Exception {
    Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
    broker.send(new Suback(subscribe.packetId(), List.of(codes), REASON));
  }

  private static String shown(MidgeRun run, String words) {
    assertThat(run.errText()).containsOnlyOnce(words);
    return run.errText();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub -p PORT -t a -V 5", "pub -p PORT -t a -l -V 5"})
  void everyReasonOfDisconnectIsShownOnceHoweverOftenItComes(String line) throws Exception {
    try (Typed input = new Typed()) {
      MidgeRun run = MidgeRun.startWithInput(input, words(line));
      for (int code : new int[] {0x8E, 0x8E, 0x97, 0x8E}) {
        broker.welcome();
        if (line.startsWith("sub")) {
          grant(0);
        }
        broker.send(new Disconnect(code, REASON));
        broker.hangUp();
      }
      run.awaitErr("DISCONNECT 0x97");
      broker.welcome();

      shown(run, "DISCONNECT 0x8E Session taken over: \"not yours\"");
      shown(run, "Try: an id of its own for each client: -i ID.");
      shown(run, "DISCONNECT 0x97 Quota exceeded: \"not yours\"");
      run.requestStop();
    }
  }

  /** An input that says nothing until the test is over. */
  private static final class Typed extends InputStream {
    private final CountDownLatch over = new CountDownLatch(1);

    @Override
    public int read() {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return -1;
    }

    @Override
    public void close() {
      over.countDown();
    }
  }

  @Test
  void mosquittosNamesStaySilent() throws Exception {
    MidgeRun run =
        MidgeRun.startAs("mosquitto_sub", Map.of(), words("-p PORT -t a -t b -q 1 -V 5"));
    broker.welcome();
    grant(0, 0x87);
    broker.send(new Disconnect(0x8E, REASON));
    broker.hangUp();
    broker.welcome();
    grant(0, 0x87);

    run.requestStop();
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(run.await().errText()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub -p PORT -t a -m x",
        "sub -p PORT -t a",
        "rr -p PORT -t a -e b -m x",
        "conn -p PORT"
      })
  void theServerReferenceOfConnackIsShown(String line) throws Exception {
    MidgeRun run = start(line);
    broker.accept().read(PacketType.CONNECT);
    broker.send(
        new Connack(
            false, 0x9C, Properties.builder().add(Property.SERVER_REFERENCE, "b:1884").build()));
    broker.hangUp();

    assertThat(run.await().status()).isEqualTo(0x9C);
    assertThat(run.errText())
        .contains("CONNACK 0x9C Use another server (Server Reference: b:1884)\nTry: the server ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pub -p PORT -t a -m x -q 1", "rr -p PORT -t a -e b -m x", "conn -p PORT"})
  void theServerReferenceOfDisconnectIsShown(String line) throws Exception {
    MidgeRun run = start(line);
    broker.welcome();
    broker.send(
        new Disconnect(
            0x9D, Properties.builder().add(Property.SERVER_REFERENCE, "b:1884").build()));
    broker.hangUp();

    assertThat(run.await().status()).isEqualTo(4);
    assertThat(run.errText())
        .contains("DISCONNECT 0x9D Server moved (Server Reference: b:1884)\nTry: the server ");
  }

  @Test
  void aRefusalAmongOthersAndLessQosAreAWarningEach() throws Exception {
    MidgeRun run = start("sub -p PORT -t a -t b -t c -q 2");
    broker.welcome();
    grant(2, 0x87, 1);
    run.awaitErr("to 'c', not 2.");
    broker.hangUp();
    broker.welcome();
    grant(2, 0x87, 1);
    run.requestStop();
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();

    assertThat(run.await().status()).isZero();
    shown(
        run,
        "Warning: The broker refused the subscription to 'b': Not authorized: \"not yours\".\n");
    shown(run, "Warning: The broker granted QoS 1 to the subscription to 'c', not 2.\n");
  }

  @Test
  void quietIsQuiet() throws Exception {
    MidgeRun run = start("sub -p PORT -t a -t b --quiet");
    broker.welcome();
    grant(0, 0x87);
    broker.send(new Disconnect(0x8E, REASON));
    broker.hangUp();
    broker.welcome();
    run.requestStop();
    broker.hangUp();
    assertThat(run.await().errText()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 0x87, 50", "1, 1, 0", "1, 0, 50", "0x87, 0x80, 50"})
  void strictSubEndsWithAStatusOfItsOwn(String first, String second, int status) throws Exception {
    MidgeRun run = start("sub -p PORT -t a -t b -q 1 -E --strict");
    broker.welcome();
    grant(Integer.decode(first), Integer.decode(second));
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(run.await().status()).as(run.errText()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "pub -p PORT -t a -m x -q 1 --strict, 50",
    "pub -p PORT -t a -m x -q 1, 0",
    "pub -p PORT -t a -m x -q 2 --strict, 50",
    "pub -p PORT -t a -m x -q 2 --repeat 1 --strict, 50",
    "pub -p PORT -t a -l -q 1 --strict, 50",
    "pub -p PORT -t a -l -q 1, 0"
  })
  void strictPubEndsWithAStatusOfItsOwn(String line, int status) throws Exception {
    MidgeRun run =
        MidgeRun.startWithInput(new ByteArrayInputStream(new byte[] {'x', '\n'}), words(line));
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    broker.send(Ack.of(line.contains("-q 2") ? PacketType.PUBREC : PacketType.PUBACK, 1, 0x87));
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(run.await().status()).as(run.errText()).isEqualTo(status);
    assertThat(run.errText()).contains("failed: Not authorized.");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x87, 0})
  void strictRrEndsWhenItsSubscriptionIsNotGrantedAsAsked(int code) throws Exception {
    MidgeRun run = start("rr -p PORT -t a -e b -m x -q 1 --strict");
    broker.welcome();
    grant(code);
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(run.await().status()).isEqualTo(50);
  }

  @Test
  void strictRrEndsWhenItsRequestIsRefused() throws Exception {
    MidgeRun run = start("rr -p PORT -t a -e b -m x -q 1 --strict");
    broker.welcome();
    grant(1);
    broker.read(PacketType.PUBLISH);
    broker.send(Ack.of(PacketType.PUBACK, 2, 0x87));
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(run.await().status()).isEqualTo(50);
    assertThat(run.errText()).contains("The broker refused the request: Not authorized.");
  }
}
