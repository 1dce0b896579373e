package dev.midge.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.proxy.event.ConnectionName;
import dev.midge.proxy.event.PassedPacket;
import dev.midge.proxy.event.ProxyListener;
import dev.midge.testing.WireEnd;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** While a packet passes that has a fault behind it, the other direction is held. */
class HeldDirectionsTest {
  private static final List<Dialogue.Step> STEPS = Dialogue.steps(false);
  private static final byte[] CONNECT = STEPS.get(0).bytes();
  private static final byte[] CONNACK = STEPS.get(1).bytes();
  private static final byte[] PING = {(byte) 0xC0, 0};
  private static final byte[] PONG = {(byte) 0xD0, 0};

  /** A PUBLISH of QoS 0 that passes while it comes, for it is large. */
  private static final byte[] LARGE = large();

  private static final byte[] SMALL = {0x30, 5, 0, 1, 'a', 0, 'x'};
  private static final int BEGUN = 1000;

  private final List<PacketType> heard = new CopyOnWriteArrayList<>();
  private final ProxyListener listener =
      new ProxyListener() {
        @Override
        public boolean wantsPackets() {
          return true;
        }

        @Override
        public void packet(ConnectionName name, Direction direction, PassedPacket packet) {
          heard.add(packet.type());
        }
      };

  private static byte[] large() {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 100_000);
    bytes.put(new byte[] {0x30, (byte) 0xA0, (byte) 0x8D, 6, 0, 1, 'a', 0});
    return bytes.array();
  }

  private static byte[] begun() {
    return Arrays.copyOf(LARGE, BEGUN);
  }

  private static byte[] rest() {
    return Arrays.copyOfRange(LARGE, BEGUN, LARGE.length);
  }

  @Test
  void aClientThatLeavesWithinSuchAPacketHoldsTheBrokerNoMore() throws Exception {
    try (ProxyStand stand = ProxyStand.with("reset@publish-out:1");
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      ProxyStand.connect(client, broker);
      ProxyStand.pass(client, broker, begun());
      stand.endBoth(client, broker, PONG);
    }
  }

  @Test
  void twoSuchPacketsDoNotWaitForOneAnother() throws Exception {
    try (ProxyStand stand =
            ProxyStand.heardBy(
                listener, "blackout:10ms@publish-out:1", "blackout:10ms@publish-in:1");
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      ProxyStand.connect(client, broker);
      ProxyStand.pass(client, broker, begun());
      heard.clear();
      broker.send(SMALL);
      await().until(() -> heard.contains(PacketType.PUBLISH));
      stand.another();
      ProxyStand.pass(client, broker, rest());
      assertThat(client.take(SMALL.length)).isEqualTo(SMALL);
      ProxyStand.pass(client, broker, PING);
      ProxyStand.pass(broker, client, PONG);
    }
  }

  @Test
  void aFaultThatIsClearedBehindConnackHoldsTheClientNoMore() throws Exception {
    try (ProxyStand stand = ProxyStand.heardBy(listener, "close@publish-out:9");
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      ProxyStand.pass(client, broker, CONNECT);
      Effect silence = new Effect.Blackout(Duration.ofSeconds(1));
      assertThat(stand.proxy().inject("victim", silence).get(30, TimeUnit.SECONDS)).isTrue();
      broker.send(CONNACK);
      await().until(() -> heard.contains(PacketType.CONNACK));
      stand.another();
      stand.proxy().faults().clearAll();
      assertThat(client.take(CONNACK.length)).isEqualTo(CONNACK);
      ProxyStand.pass(client, broker, PING);
    }
  }

  @Test
  void aClientIsRefusedThoughConnectHasAFaultBehindIt() throws Exception {
    try (ProxyStand stand = ProxyStand.with("refuse", "blackout:10ms@connect-out:1");
        WireEnd client = stand.client()) {
      client.send(CONNECT);
      assertThat(client.take(2)).startsWith(0x20);
      stand.expectNoBroker();
    }
  }
}
