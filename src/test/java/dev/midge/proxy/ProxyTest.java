package dev.midge.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.EffectKind;
import dev.midge.fault.FaultSide;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.proxy.event.ConnectionName;
import dev.midge.proxy.event.ProxyConnection;
import dev.midge.proxy.event.ProxyListener;
import dev.midge.testing.ObservedBroker;
import dev.midge.testing.WebSocketServer;
import dev.midge.testing.WireEnd;
import dev.midge.testing.WireEnd.How;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProxyTest {
  private static final byte[] PING = {(byte) 0xC0, 0};
  private static final byte[] PONG = {(byte) 0xD0, 0};

  @Test
  void theEndOfAClientIsPassedOnAsItIs() throws Exception {
    try (ProxyStand stand = ProxyStand.with()) {
      for (How how : How.values()) {
        WireEnd client = stand.client();
        WireEnd broker = stand.broker();
        ProxyStand.connect(client, broker);
        if (how == How.FIN) {
          client.fin();
        } else {
          client.reset();
        }
        assertThat(broker.end()).isEqualTo(how);
        broker.close();
        client.close();
      }
    }
  }

  @Test
  void theEndOfABrokerIsPassedOnAsItIs() throws Exception {
    try (ProxyStand stand = ProxyStand.with()) {
      for (How how : How.values()) {
        WireEnd client = stand.client();
        WireEnd broker = stand.broker();
        ProxyStand.connect(client, broker);
        if (how == How.FIN) {
          broker.fin();
        } else {
          broker.reset();
        }
        assertThat(client.end()).isEqualTo(how);
        client.close();
        broker.close();
      }
    }
  }

  @Test
  void whoHasEndedStillGetsWhatTheOtherSends() throws Exception {
    try (ProxyStand stand = ProxyStand.with();
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      ProxyStand.connect(client, broker);
      stand.endBoth(client, broker, PONG);
    }
  }

  @Test
  void aPacketThatIsCutShortIsPassedOnBeforeTheEnd() throws Exception {
    ProxyListener watching =
        new ProxyListener() {
          @Override
          public boolean wantsPackets() {
            return true;
          }
        };
    try (ProxyStand stand = ProxyStand.heardBy(watching);
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      ProxyStand.connect(client, broker);
      client.send(new byte[] {0x30, 10, 0, 1});
      client.fin();
      assertThat(broker.take(4)).containsExactly(0x30, 10, 0, 1);
      assertThat(broker.end()).isEqualTo(How.FIN);
    }
  }

  @Test
  void halfAPacketIsPassedOnOverWebSocketBeforeItsRestComes() throws Exception {
    byte[] connect =
        HexFormat.of().parseHex("1011" + "00044d515454" + "0502003c0321001400" + "0163");
    FaultPlan plan = new FaultPlan(FaultSide.PROXY, 1, event -> {});
    try (ObservedBroker broker = new ObservedBroker(false);
        WebSocketServer server = WebSocketServer.to(broker.port()).start();
        Proxy proxy =
            Proxy.start(
                new ProxyConfig(
                    0,
                    null,
                    List.of(
                        new Endpoint(
                            Transport.WEBSOCKET, "127.0.0.1", server.port(), null, null, null)),
                    plan,
                    ProxyListener.NONE));
        WireEnd client = WireEnd.connect(proxy.port())) {
      client.send(connect);
      client.send(new byte[] {0x30, 10, 0, 1});

      await()
          .untilAsserted(
              () ->
                  assertThat(broker.connections())
                      .singleElement()
                      .satisfies(
                          seen ->
                              assertThat(HexFormat.of().formatHex(seen.bytes()))
                                  .endsWith("0163" + "300a0001")));
    }
  }

  @Test
  void brokersTakeTurnsAndOneThatIsAwayIsPassedOver() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    ProxyListener listener =
        new ProxyListener() {
          @Override
          public void unreachable(ConnectionName name, String broker, Exception why) {
            heard.add(name.number() + " not " + broker);
          }

          @Override
          public void unreached(ConnectionName name) {
            heard.add(name.number() + " unreached");
          }
        };
    FaultPlan plan = new FaultPlan(FaultSide.PROXY, 1, event -> {});
    ServerSocket first = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
    ServerSocket second = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
    List<Endpoint> both =
        List.of(
            new Endpoint("127.0.0.1", first.getLocalPort(), null),
            new Endpoint("127.0.0.1", second.getLocalPort(), null));
    try (Proxy proxy = Proxy.start(new ProxyConfig(0, null, both, plan, listener))) {
      try (WireEnd a = WireEnd.connect(proxy.port());
          WireEnd atFirst = new WireEnd(first.accept());
          WireEnd b = WireEnd.connect(proxy.port());
          WireEnd atSecond = new WireEnd(second.accept())) {
        ProxyStand.pass(a, atFirst, PING);
        ProxyStand.pass(b, atSecond, PING);
      }
      first.close();
      try (WireEnd c = WireEnd.connect(proxy.port());
          WireEnd atSecond = new WireEnd(second.accept())) {
        ProxyStand.pass(c, atSecond, PING);
      }
      second.close();
      try (WireEnd d = WireEnd.connect(proxy.port())) {
        assertThat(d.end()).isEqualTo(How.RST);
      }
      await().until(() -> heard.contains("4 unreached"));
      assertThat(heard.get(0)).isEqualTo("3 not mqtt://127.0.0.1:" + first.getLocalPort());
    }
  }

  @Test
  void aClientThatDoesNotReadDelaysNobodyElse() throws Exception {
    try (ProxyStand stand = ProxyStand.with("delay:0ms@connected");
        WireEnd stuck = stand.client();
        WireEnd stuckBroker = stand.broker()) {
      ProxyStand.connect(stuck, stuckBroker);
      Thread flood =
          new Thread(
              () -> {
                try {
                  while (true) {
                    stuckBroker.send(new byte[64 * 1024]);
                  }
                } catch (java.io.IOException closed) {
                  // The end of the test.
                }
              });
      flood.start();
      AtomicInteger seen = new AtomicInteger(-1);
      // The flood has filled every buffer when no more bytes are counted.
      await()
          .until(
              () -> {
                int now = (int) stand.proxy().connections().get(0).bytesIn();
                return now > 0 && seen.getAndSet(now) == now;
              });
      stand.another();
      stuckBroker.reset();
      stuck.reset();
      flood.join();
    }
  }

  @Test
  void aByteCountCutsExactlyThere() throws Exception {
    try (ProxyStand stand = ProxyStand.with("reset@bytes-in:5000", "close@bytes-out:100");
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      byte[] many = new byte[20_000];
      broker.send(many);
      assertThat(client.take(5000)).hasSize(5000);
      assertThat(client.end()).isEqualTo(How.RST);
      WireEnd next = stand.client();
      WireEnd nextBroker = stand.broker();
      next.send(new byte[300]);
      assertThat(nextBroker.take(100)).hasSize(100);
      assertThat(nextBroker.end()).isEqualTo(How.FIN);
      next.close();
      nextBroker.close();
    }
  }

  @Test
  void timesTwoIsTwiceAndACleareFaultLeavesNoTrace() throws Exception {
    try (ProxyStand stand = ProxyStand.with("reset@connectedx2", "drop@pingreq:*")) {
      for (int i = 0; i < 2; i++) {
        try (WireEnd client = stand.client();
            WireEnd broker = stand.broker()) {
          ProxyStand.connect(client, broker);
          assertThat(client.end()).isEqualTo(How.RST);
          assertThat(broker.end()).isEqualTo(How.RST);
        }
      }
      try (WireEnd client = stand.client();
          WireEnd broker = stand.broker()) {
        ProxyStand.connect(client, broker);
        client.send(PING);
        ProxyStand.pass(client, broker, new byte[] {0x40, 2, 0, 1});
      }
      stand.proxy().faults().clearAll();
      try (WireEnd client = stand.client();
          WireEnd broker = stand.broker()) {
        for (Dialogue.Step step : Dialogue.steps(false)) {
          ProxyStand.pass(client, broker, step);
        }
        client.fin();
        assertThat(broker.end()).isEqualTo(How.FIN);
      }
      assertThat(stand.events()).hasSize(3);
    }
  }

  @Test
  void chanceZeroIsNever() throws Exception {
    try (ProxyStand stand = ProxyStand.with("reset@random:0");
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      for (Dialogue.Step step : Dialogue.steps(false)) {
        ProxyStand.pass(client, broker, step);
      }
      assertThat(stand.events()).isEmpty();
    }
  }

  @Test
  void theSameSeedDoesTheSame() throws Exception {
    List<List<String>> runs = new ArrayList<>();
    for (long seed = 1; seed <= 10; seed++) {
      List<String> first = randomRun(seed);
      assertThat(randomRun(seed)).isEqualTo(first);
      runs.add(first);
    }
    assertThat(runs.stream().distinct().count()).isGreaterThan(5);
  }

  private static List<String> randomRun(long seed) throws Exception {
    List<String> happened = new ArrayList<>();
    try (ProxyStand stand =
            ProxyStand.seeded(
                seed, "drop@random:0.2", "duplicate@random:0.1", "corrupt@random:0.1");
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      List<Dialogue.Step> steps = Dialogue.steps(false);
      for (Dialogue.Step step : steps) {
        (step.isOut() ? client : broker).send(step.bytes());
        if (step == steps.get(0)) {
          // What a broker sends before the proxy knows the client would be another's.
          await().until(() -> stand.proxy().connections().get(0).version() != null);
        }
      }
      client.fin();
      broker.fin();
      happened.add(HexFormat.of().formatHex(broker.take(10_000)));
      happened.add(HexFormat.of().formatHex(client.take(10_000)));
    }
    return happened;
  }

  /** A packet that a broker must not send is passed on, shown and hit by faults as any other. */
  @Test
  void aPublishBeforeConnackIsAPacketAllTheSame() throws Exception {
    try (ProxyStand stand = ProxyStand.with("drop@publish-in:1");
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      List<Dialogue.Step> steps = Dialogue.steps(false);
      ProxyStand.pass(client, broker, steps.get(0));
      broker.send(new byte[] {0x30, 4, 0, 1, 'a', 0});
      ProxyStand.pass(client, broker, steps.get(1));
      assertThat(stand.events()).hasSize(1);
    }
  }

  @Test
  void effectsCanBeInjected() throws Exception {
    try (ProxyStand stand = ProxyStand.with();
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      ProxyStand.connect(client, broker);
      assertThat(stand.proxy().inject("nobody", Effect.RESET).get(30, TimeUnit.SECONDS)).isFalse();
      assertThatThrownBy(
              () -> stand.proxy().inject("victim", new Effect.Plain(EffectKind.DROP)).get())
          .hasMessageContaining("drop needs a moment");
      assertThat(stand.proxy().inject("victim", new Effect.Reason(0x98)).get(30, TimeUnit.SECONDS))
          .isTrue();
      assertThat(client.take(3)).isEqualTo(HexFormat.of().parseHex("e00198"));
      assertThat(client.end()).isEqualTo(How.FIN);
      assertThat(broker.end()).isEqualTo(How.FIN);
    }
  }

  @Test
  void connectionsAreListed() throws Exception {
    try (ProxyStand stand = ProxyStand.with();
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      ProxyStand.connect(client, broker);
      ProxyStand.pass(client, broker, PING);
      ProxyConnection now = stand.proxy().connections().get(0);
      List<Dialogue.Step> steps = Dialogue.steps(false);
      assertThat(now.name())
          .isEqualTo(new ConnectionName(1, "victim", "127.0.0.1:" + client.port()));
      assertThat(now.version()).isEqualTo(ProtocolVersion.V5);
      assertThat(now.broker()).startsWith("mqtt://127.0.0.1:");
      assertThat(now.packetsOut()).isEqualTo(2);
      assertThat(now.packetsIn()).isEqualTo(1);
      assertThat(now.bytesOut()).isEqualTo(steps.get(0).bytes().length + 2);
      assertThat(now.bytesIn()).isEqualTo(steps.get(1).bytes().length);
    }
  }

  @Test
  void whilePausedClientsWait() throws Exception {
    List<String> accepted = new CopyOnWriteArrayList<>();
    try (ProxyStand stand = ProxyStand.with()) {
      stand.proxy().pause();
      try (WireEnd client = stand.client()) {
        client.send(PING);
        stand.expectNoBroker();
        stand.proxy().resume();
        try (WireEnd broker = stand.broker()) {
          assertThat(broker.take(2)).isEqualTo(PING);
        }
      }
      assertThat(accepted).isEmpty();
    }
  }

  @Test
  void whatIsNoMqttIsToldOnceAndPassesOn() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    ProxyListener listener =
        new ProxyListener() {
          @Override
          public boolean wantsPackets() {
            return true;
          }

          @Override
          public void notUnderstood(ConnectionName name, Direction direction, String why) {
            heard.add(name.number() + " " + direction + " " + why);
          }
        };
    try (ProxyStand stand = ProxyStand.heardBy(listener);
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      ProxyStand.pass(client, broker, "GET / HTTP/1.1\r\n\r\n".getBytes());
      ProxyStand.pass(broker, client, "HTTP/1.1 200 OK\r\n\r\n".getBytes());
      ProxyStand.pass(client, broker, "GET / HTTP/1.1\r\n\r\n".getBytes());
      WireEnd second = stand.client();
      WireEnd secondBroker = stand.broker();
      ProxyStand.connect(second, secondBroker);
      ProxyStand.pass(second, secondBroker, new byte[] {0x36, 4, 0, 1, 'a', 0}); // QoS 3
      ProxyStand.pass(second, secondBroker, PING);
      second.close();
      secondBroker.close();
    }
    assertThat(heard)
        .containsExactly("1 OUT no MQTT but HTTP", "2 OUT PUBLISH: PUBLISH with QoS 3");
  }

  @Test
  void topicsAreKnownByTheirAliases() throws Exception {
    try (ProxyStand stand = ProxyStand.with("drop@topic:secret/+");
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      HexFormat hex = HexFormat.of();
      ProxyStand.pass(
          client,
          broker,
          hex.parseHex("1010 0004 4d515454 05 02 003c 03 220005 0000".replace(" ", "")));
      ProxyStand.pass(broker, client, hex.parseHex("20060000 03 220005".replace(" ", "")));
      byte[] named = hex.parseHex("3011 0008 7365637265742f61 03 230001 31 32 33".replace(" ", ""));
      byte[] aliased = hex.parseHex("3009 0000 03 230001 31 32 33".replace(" ", ""));
      client.send(named);
      client.send(aliased);
      ProxyStand.pass(client, broker, PING);
      broker.send(named);
      broker.send(aliased);
      ProxyStand.pass(broker, client, PONG);
      assertThat(stand.events()).hasSize(4);
    }
  }

  @Test
  void latencyDelaysAStreamOnceAndKeepsItsOrder() throws Exception {
    try (ProxyStand stand = ProxyStand.with("delay:100ms@connected");
        WireEnd client = stand.client();
        WireEnd broker = stand.broker()) {
      ProxyStand.connect(client, broker);
      long start = System.nanoTime();
      byte[] all = new byte[200 * 4];
      for (int i = 0; i < 200; i++) {
        byte[] puback = {0x40, 2, (byte) (1 + i / 100), (byte) i};
        System.arraycopy(puback, 0, all, 4 * i, 4);
        client.send(puback);
      }
      assertThat(broker.take(all.length)).isEqualTo(all);
      assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  @Test
  void closeEndsAllConnections() throws Exception {
    ProxyStand stand = ProxyStand.with();
    WireEnd client = stand.client();
    WireEnd broker = stand.broker();
    ProxyStand.connect(client, broker);
    Thread closing = new Thread(stand.proxy()::close);
    closing.start();
    assertThat(client.end()).isEqualTo(How.FIN);
    assertThat(broker.end()).isEqualTo(How.FIN);
    client.close();
    broker.close();
    closing.join();
    assertThat(stand.proxy().connections()).isEmpty();
    stand.close();
  }

  @Test
  void aBrokerThatNeverAnswersHoldsUpNeitherTheListNorTheEnd() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    ProxyListener listener =
        new ProxyListener() {
          @Override
          public void unreachable(ConnectionName name, String broker, Exception why) {
            heard.add("unreachable");
          }

          @Override
          public void closed(ConnectionName name) {
            heard.add("closed");
          }
        };
    FaultPlan plan = new FaultPlan(FaultSide.PROXY, 1, event -> {});
    try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      Endpoint broker =
          new Endpoint(
              Endpoint.Transport.WEBSOCKET, "127.0.0.1", silent.getLocalPort(), null, null, null);
      Proxy proxy = Proxy.start(new ProxyConfig(0, null, List.of(broker), plan, listener));
      try (WireEnd client = WireEnd.connect(proxy.port());
          WireEnd never = new WireEnd(silent.accept())) {
        assertThat(never.take(3)).isEqualTo("GET".getBytes(StandardCharsets.US_ASCII));
        assertThat(proxy.connections()).singleElement().matches(now -> now.broker() == null);
        proxy.close();
        assertThat(heard).containsExactly("closed");
        assertThat(client.end()).isEqualTo(How.FIN);
      }
    }
  }

  @Test
  void aPortInUseIsAnErrorThatNamesIt() throws Exception {
    try (ProxyStand stand = ProxyStand.with()) {
      int port = stand.proxy().port();
      ProxyConfig same =
          new ProxyConfig(
              port,
              null,
              List.of(new Endpoint("127.0.0.1", 1, null)),
              new FaultPlan(FaultSide.PROXY, 1, event -> {}),
              ProxyListener.NONE);
      assertThatThrownBy(() -> Proxy.start(same)).hasMessageContaining("port " + port);
    }
  }
}
