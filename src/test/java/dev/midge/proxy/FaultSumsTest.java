package dev.midge.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.fault.Direction;
import dev.midge.proxy.event.ConnectionName;
import dev.midge.proxy.event.ProxyListener;
import dev.midge.testing.WireEnd;
import dev.midge.testing.WireEnd.How;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Sums of effects, MQTT 3, whom a fault concerns, and large packets. */
class FaultSumsTest {
  private static final byte[] PING = hex("c000");

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  private static byte[] connect3(String id) {
    byte[] bytes = hex("1000 0004 4d515454 04 02 003c 00" + "02");
    byte[] whole = Arrays.copyOf(bytes, bytes.length + id.length());
    System.arraycopy(id.getBytes(), 0, whole, bytes.length, id.length());
    whole[1] = (byte) (whole.length - 2);
    return whole;
  }

  private static void connect(WireEnd client, WireEnd broker, String id) throws Exception {
    ProxyStand.pass(client, broker, connect3(id));
    ProxyStand.pass(broker, client, hex("20020000"));
  }

  @Test
  void aCutPacketEndsAsTheSumSays() throws Exception {
    byte[] publish = hex("3008 0001 74 3132333435");
    byte[] half = Arrays.copyOf(publish, 5);
    try (ProxyStand stand =
        ProxyStand.with(
            "truncate+reset@publish-out:1 client=c1", "truncate+freeze@publish-out:1 client=c2")) {
      try (WireEnd client = stand.client();
          WireEnd broker = stand.broker()) {
        connect(client, broker, "c1");
        client.send(publish);
        assertThat(broker.take(5)).isEqualTo(half);
        assertThat(broker.end()).isEqualTo(How.RST);
        assertThat(client.end()).isEqualTo(How.RST);
      }
      try (WireEnd client = stand.client();
          WireEnd broker = stand.broker()) {
        connect(client, broker, "c2");
        client.send(publish);
        assertThat(broker.take(5)).isEqualTo(half);
        client.send(PING);
        broker.send(hex("d000"));
        stand.another();
        client.expectSilence();
        broker.expectSilence();
      }
    }
  }

  /** In MQTT 3 no PUBACK has a reason: the fault waits for a client with MQTT 5. */
  @Test
  void aReasonThatAPacketHasNoPlaceForHasNotHappened() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    ProxyListener listener =
        new ProxyListener() {
          @Override
          public void notPossible(ConnectionName name, String why) {
            told.add(name.client() + " " + why);
          }
        };
    try (ProxyStand stand = ProxyStand.heardBy(listener, "reason:0x97@puback-in:1x1")) {
      try (WireEnd client = stand.client();
          WireEnd broker = stand.broker()) {
        connect(client, broker, "c1");
        ProxyStand.pass(broker, client, hex("40020001"));
        assertThat(stand.events()).isEmpty();
        assertThat(told).containsExactly("c1 reason:0x97: MQTT 3.1.1 has no PUBACK with a reason");
      }
      try (WireEnd client = stand.client();
          WireEnd broker = stand.broker()) {
        ProxyStand.connect(client, broker);
        broker.send(hex("40020001"));
        assertThat(client.take(5)).isEqualTo(hex("4003000197"));
        await().until(() -> stand.events().size() == 1);
      }
    }
  }

  @Test
  void effectsOfASumAddUp() throws Exception {
    try (ProxyStand stand =
            ProxyStand.with("duplicate+corrupt@publish-out:1", "drop+close@publish-out:2");
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      connect(client, broker, "c1");
      byte[] publish = hex("3008 0001 74 3132333435");
      client.send(publish);
      byte[] first = broker.take(10);
      assertThat(first).isNotEqualTo(publish);
      assertThat(broker.take(10)).isEqualTo(first);
      client.send(publish);
      assertThat(broker.end()).isEqualTo(How.FIN);
      assertThat(client.end()).isEqualTo(How.FIN);
    }
  }

  @Test
  void inMqtt3AConnectionIsRefusedByAReturnCode() throws Exception {
    try (ProxyStand stand = ProxyStand.with("refuse");
        WireEnd client = stand.client()) {
      client.send(connect3("c1"));
      assertThat(client.take(4)).isEqualTo(hex("20020003"));
      assertThat(client.end()).isEqualTo(How.FIN);
      stand.expectNoBroker();
    }
  }

  @Test
  void inMqtt3AReasonClosesWithoutDisconnectAndThatIsTold() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    ProxyListener listener =
        new ProxyListener() {
          @Override
          public void notPossible(ConnectionName name, String why) {
            heard.add(why);
          }
        };
    try (ProxyStand stand = ProxyStand.heardBy(listener, "reason:0x8b@pingreq-out:1");
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      connect(client, broker, "c1");
      client.send(PING);
      assertThat(broker.take(2)).isEqualTo(PING);
      assertThat(broker.end()).isEqualTo(How.FIN);
      assertThat(client.end()).isEqualTo(How.FIN);
      assertThat(heard).containsExactly("MQTT 3 has no reasons: closed without DISCONNECT");
    }
  }

  @Test
  void othersAreNotConcerned() throws Exception {
    try (ProxyStand stand =
        ProxyStand.with(
            "reset@connected client=x*",
            "reset@connected version=5",
            "reset@connected user=root",
            "reset@connected share=0",
            "drop@publish:* topic=secret/#")) {
      try (WireEnd client = stand.client();
          WireEnd broker = stand.broker()) {
        connect(client, broker, "c1");
        ProxyStand.pass(client, broker, hex("3003 0001 74"));
        ProxyStand.pass(client, broker, PING);
      }
      try (WireEnd client = stand.client();
          WireEnd broker = stand.broker()) {
        connect(client, broker, "x1");
        assertThat(client.end()).isEqualTo(How.RST);
      }
    }
  }

  @Test
  void aLargeMessagePassesWhileItComesAndItsTopicCounts() throws Exception {
    byte[] start = hex("30 80 80 04 00 01 74"); // 65536 bytes remain
    try (ProxyStand stand = ProxyStand.with("reset@topic:t");
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      connect(client, broker, "c1");
      client.send(start);
      client.send(new byte[1000]);
      assertThat(broker.take(1007)).startsWith(start);
      client.send(new byte[65536 - 1003]);
      assertThat(broker.take(65536 - 1003)).hasSize(65536 - 1003);
      assertThat(broker.end()).isEqualTo(How.RST);
    }
  }

  @Test
  void aLargeMessageCanComeTwiceOrBeCut() throws Exception {
    byte[] large = new byte[300_004];
    byte[] head = hex("30 e0a712 0001 74"); // 300000 bytes remain
    System.arraycopy(head, 0, large, 0, head.length);
    try (ProxyStand stand = ProxyStand.with("duplicate@publish-in:1", "truncate@publish-in:2");
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      connect(client, broker, "c1");
      Thread sending =
          new Thread(
              () -> {
                try {
                  broker.send(large);
                  broker.send(large);
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      sending.start();
      assertThat(Arrays.equals(client.take(large.length), large)).isTrue();
      assertThat(Arrays.equals(client.take(large.length), large)).isTrue();
      assertThat(client.take(150_002)).hasSize(150_002);
      assertThat(client.end()).isEqualTo(How.FIN);
      sending.join();
    }
  }

  @Test
  void whatWaitsInABlackoutComesInOrderWithTheEnd() throws Exception {
    try (ProxyStand stand = ProxyStand.with("blackout:200ms@pingreq-out:1");
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      connect(client, broker, "c1");
      ProxyStand.pass(client, broker, PING);
      client.send(hex("40020001"));
      client.send(hex("40020002"));
      client.send(hex("e000"));
      client.fin();
      assertThat(broker.take(10)).isEqualTo(hex("40020001 40020002 e000"));
      assertThat(broker.end()).isEqualTo(How.FIN);
    }
  }

  @Test
  void theLastPacketThatWasMovedBackGoesBeforeTheEnd() throws Exception {
    try (ProxyStand stand = ProxyStand.with("reorder@publish-out:*");
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      connect(client, broker, "c1");
      client.send(hex("30030001 61 30030001 62 30030001 63"));
      client.fin();
      // In pairs; the third has no partner.
      assertThat(broker.take(15)).isEqualTo(hex("30030001 62 30030001 61 30030001 63"));
      assertThat(broker.end()).isEqualTo(How.FIN);
    }
  }

  @Test
  void aListenerHearsWhatIsWrittenAndNotWhatIsDropped() throws Exception {
    StringBuffer written = new StringBuffer();
    ProxyListener listener =
        new ProxyListener() {
          @Override
          public void written(
              ConnectionName name, Direction direction, byte[] bytes, int from, int length) {
            if (direction == Direction.OUT) {
              written.append(HexFormat.of().formatHex(bytes, from, from + length));
            }
          }
        };
    try (ProxyStand stand = ProxyStand.heardBy(listener, "drop@publish-out:1");
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      connect(client, broker, "c1");
      client.send(hex("30030001 61"));
      ProxyStand.pass(client, broker, PING);
      assertThat(written.toString()).isEqualTo(HexFormat.of().formatHex(connect3("c1")) + "c000");
    }
  }
}
