package dev.midge.behaviour;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.BrokerEvent;
import dev.midge.broker.ListenerSpec;
import dev.midge.broker.config.Limits;
import dev.midge.broker.config.TlsFiles;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.ProxySpec;
import dev.midge.net.TlsSpec;
import dev.midge.testing.SelfSigned;
import dev.midge.testing.SocksServer;
import dev.midge.testing.Tap;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mini broker that can be reached through every {@link Door}. */
final class MiniBrokerWithDoors implements AutoCloseable {
  private final List<BrokerEvent> log = new CopyOnWriteArrayList<>();
  private final Path socket;
  private final Broker broker;
  private final SocksServer proxy;
  private final TlsSpec trust;

  MiniBrokerWithDoors(Path directory, Limits limits) throws IOException, GeneralSecurityException {
    SelfSigned self = SelfSigned.in(directory);
    TlsFiles tls = new TlsFiles(self.certificate(), self.key());
    socket = directory.resolve("unix");
    BrokerConfig config =
        new BrokerConfig(List.of(0), log::add, false, limits)
            .withListener(ListenerSpec.tcp(0).withTls(tls))
            .withListener(ListenerSpec.webSocket(0))
            .withListener(ListenerSpec.webSocket(0).withTls(tls))
            .withListener(ListenerSpec.unix(socket));
    broker = Broker.start(config);
    proxy = SocksServer.to(broker.port()).start();
    trust = trusting(self.certificate());
  }

  static TlsSpec trusting(Path certificate) {
    String file = certificate.toString();
    return new TlsSpec(file, null, false, null, null, null, null, null, null, false);
  }

  Endpoint endpoint(Door door) {
    return switch (door) {
      case TCP -> endpoint(Transport.TCP, broker.port(), null);
      case TLS -> endpoint(Transport.TCP, broker.ports().get(1), trust);
      case WEBSOCKET -> endpoint(Transport.WEBSOCKET, broker.ports().get(2), null);
      case WEBSOCKET_OVER_TLS -> endpoint(Transport.WEBSOCKET, broker.ports().get(3), trust);
      case UNIX -> new Endpoint(Transport.UNIX, socket.toString(), 0, null, null, null);
      case PROXY -> throughProxy(proxy.port());
    };
  }

  /** The endpoint behind a tap that counts the bytes; not for a unix socket. */
  Endpoint tapped(Door door, Tap tap) {
    Endpoint direct = endpoint(door);
    return door == Door.PROXY
        ? throughProxy(tap.port())
        : new Endpoint(direct.transport(), direct.host(), tap.port(), null, direct.tls(), null);
  }

  /** The port to which a tap has to lead. */
  int port(Door door) {
    return door == Door.PROXY ? proxy.port() : endpoint(door).port();
  }

  private static Endpoint endpoint(Transport transport, int port, TlsSpec tls) {
    return new Endpoint(transport, "127.0.0.1", port, null, tls, null);
  }

  private static Endpoint throughProxy(int port) {
    ProxySpec spec = new ProxySpec("127.0.0.1", port, null, null);
    return new Endpoint(Transport.TCP, "broker.test", 1883, null, null, spec);
  }

  List<BrokerEvent> log() {
    return log;
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    broker.close();
  }
}
