package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.client.ClientEvents;
import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.MessageListener;
import dev.midge.client.job.Engines;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.testing.Installed;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Program;
import dev.midge.testing.Specs;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code sub --json} as a program in another language reads it. */
class JsonIT {
  private static final int MESSAGES = 500;
  private static final long SEED = 20261124;

  /** Prints each message again, in hex, and stops at what is not as the manual says. */
  private static final String READER =
      """
      import base64, datetime, json, sys
      def raw(o, name):
          if name + '_base64' in o:
              return base64.b64decode(o[name + '_base64'], validate=True)
          return o[name].encode('utf-8') if name in o else b''
      for line in sys.stdin.buffer:
          o = json.loads(line.decode('utf-8'))
          assert datetime.datetime.fromisoformat(o['time'].replace('Z', '+00:00')).tzinfo
          assert ('payload' in o) != ('payload_base64' in o)
          p = o['properties']
          print(o['topic'].encode('utf-8').hex(), o['qos'], raw(o, 'payload').hex() or '-',
                raw(p, 'correlation_data').hex() or '-',
                ' '.join(k.encode('utf-8').hex() + '=' + v.encode('utf-8').hex()
                         for k, v in p['user_properties']))
      """;

  @Test
  void everyByteOf500MessagesComesBackInPython() throws Exception {
    Installed.require("python3");
    StringBuilder expected = new StringBuilder();
    byte[] json;
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      MidgeRun sub =
          MidgeRun.start(
                  "sub", "-p", broker.port(), "-t", "#", "-q", "1", "--json", "-d", "-C", MESSAGES)
              .awaitErr("Subscribed");
      Specs specs = Specs.to(broker.port()).version(ProtocolVersion.V5);
      try (Connection link = Engines.open(specs.spec(), ClientEvents.NONE, new Nobody())) {
        Random random = new Random(SEED);
        for (int i = 0; i < MESSAGES; i++) {
          Message message = message(random, i);
          link.publish(message).join();
          expected.append(asTheReaderPrints(message)).append('\n');
        }
        link.end(0, Properties.NONE);
      }
      assertThat(sub.await().status()).as(sub.errText()).isZero();
      json = sub.out();
    }

    Program python = Program.start("python3", "-c", READER).input(json).await();

    assertThat(python.errText()).isEmpty();
    assertThat(python.outText().lines()).hasSize(MESSAGES);
    assertThat(new String(json, StandardCharsets.UTF_8))
        .as("both ways of payloads are among them")
        .contains("\"payload\":\"", "\"payload_base64\":\"");
    assertThat(python.outText()).isEqualTo(expected.toString());
  }

  private static Message message(Random random, int number) {
    byte[] payload = new byte[random.nextInt(200)];
    random.nextBytes(payload);
    if (number % 3 == 0) {
      payload = text(random).getBytes(StandardCharsets.UTF_8);
    }
    byte[] data = new byte[1 + random.nextInt(9)];
    random.nextBytes(data);
    Properties.Builder properties = Properties.builder().add(Property.CORRELATION_DATA, data);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      properties.userProperty("näme 🔑", "🦟" + random.nextInt(3)).userProperty("", "\"\\");
    }
    String topic = "🦟/" + Character.toString(0x1F300 + random.nextInt(0x100)) + "/" + number;
    return new Message(topic, payload, Qos.AT_LEAST_ONCE, false, properties.build());
  }

  /** Anything that is Unicode, with control characters. */
  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      int c = random.nextInt(random.nextBoolean() ? 0x100 : 0x110000);
      text.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 'x' : c);
    }
    return text.toString();
  }

  private static String asTheReaderPrints(Message message) {
    HexFormat hex = HexFormat.of();
    StringBuilder pairs = new StringBuilder();
    for (Properties.Entry entry : message.properties().entries()) {
      if (entry.value() instanceof Properties.Pair pair) {
        pairs
            .append(pairs.length() == 0 ? "" : " ")
            .append(hex.formatHex(pair.key().getBytes(StandardCharsets.UTF_8)))
            .append('=')
            .append(hex.formatHex(pair.value().getBytes(StandardCharsets.UTF_8)));
      }
    }
    String payload = hex.formatHex(message.payload());
    return hex.formatHex(message.topic().getBytes(StandardCharsets.UTF_8))
        + " 1 "
        + (payload.isEmpty() ? "-" : payload)
        + " "
        + hex.formatHex(message.properties().bytes(Property.CORRELATION_DATA))
        + " "
        + pairs;
  }

  /** Nothing is subscribed. */
  private static final class Nobody implements MessageListener {
    @Override
    public void received(ReceivedMessage message) {}

    @Override
    public void lost(ConnectionFailure failure) {}
  }
}
