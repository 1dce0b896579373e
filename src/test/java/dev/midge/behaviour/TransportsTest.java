package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.ProxySpec;
import dev.midge.testing.SocksServer;
import dev.midge.testing.WebSocketServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client reaches the mini broker through what stands in front of it. */
class TransportsTest {
  private Broker broker;
  private Endpoint direct;

  @BeforeEach
  void start() throws IOException {
    broker = Broker.start(BrokerConfig.onFreePort());
    direct = new Endpoint("127.0.0.1", broker.port(), null);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void plainTcpIsGoodForAll() throws Exception {
    ConnectionTrial.carriesMessages(direct);
    ConnectionTrial.leavesAWill(direct, direct);
  }

  @Test
  void aProxyIsGoodForAll() throws Exception {
    try (SocksServer proxy = SocksServer.to(broker.port()).choosing(2).start()) {
      ProxySpec spec = new ProxySpec("127.0.0.1", proxy.port(), "me", "secret");
      Endpoint endpoint = new Endpoint(Transport.TCP, "broker.test", 1883, null, null, spec);
      ConnectionTrial.carriesMessages(endpoint);
      ConnectionTrial.leavesAWill(endpoint, direct);
    }
  }

  @Test
  void webSocketIsGoodForAll() throws Exception {
    try (WebSocketServer server = WebSocketServer.to(broker.port()).inPieces(2).start()) {
      Endpoint endpoint =
          new Endpoint(Transport.WEBSOCKET, "127.0.0.1", server.port(), null, null, null);
      ConnectionTrial.carriesMessages(endpoint);
      ConnectionTrial.leavesAWill(endpoint, direct);

      // However messages were written, a packet is a frame: CONNECT, SUBSCRIBE, PUBLISH, PUBACK...
      assertThat(server.frames()).contains("binary 127 masked 1990010");
    }
  }

  @Test
  void webSocketThroughAProxyIsGoodForAll() throws Exception {
    try (WebSocketServer server = WebSocketServer.to(broker.port()).start();
        SocksServer proxy = SocksServer.to(server.port()).start()) {
      ProxySpec spec = new ProxySpec("127.0.0.1", proxy.port(), null, null);
      Endpoint endpoint = new Endpoint(Transport.WEBSOCKET, "broker.test", 80, null, null, spec);
      ConnectionTrial.carriesMessages(endpoint);
      ConnectionTrial.leavesAWill(endpoint, direct);
    }
  }

  @Test
  void aProxyThatRefusesIsToldApart() throws Exception {
    try (SocksServer proxy = SocksServer.to(broker.port()).replying(4).start()) {
      ProxySpec spec = new ProxySpec("127.0.0.1", proxy.port(), null, null);
      Endpoint endpoint = new Endpoint(Transport.TCP, "broker.test", 1883, null, null, spec);

      assertThatThrownBy(() -> ConnectionTrial.carriesMessages(endpoint))
          .hasFieldOrPropertyWithValue("kind", Kind.PROXY_UNREACHABLE);
    }
  }
}
