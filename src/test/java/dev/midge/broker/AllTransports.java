package dev.midge.broker;

import dev.midge.broker.access.Security;
import dev.midge.broker.config.Limits;
import dev.midge.fault.FaultSide;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** A broker with a listener of each kind, and clients for all of them. */
final class AllTransports implements AutoCloseable {

  enum Transport {
    TCP,
    WEBSOCKET,
    TLS,
    TLS_WEBSOCKET,
    UNIX
  }

  private final Broker broker;
  private final Path path;
  private final SSLContext trusting;
  private Socket last;
  private SocketChannel lastUnix;

  AllTransports(Path folder, Certificates certificates) throws Exception {
    this(folder, certificates, new FaultPlan(FaultSide.BROKER, 0, event -> {}), event -> {});
  }

  AllTransports(Path folder, Certificates certificates, FaultPlan faults, Consumer<BrokerEvent> log)
      throws Exception {
    this(folder, certificates, faults, log, Security.OPEN);
  }

  AllTransports(
      Path folder,
      Certificates certificates,
      FaultPlan faults,
      Consumer<BrokerEvent> log,
      Security security)
      throws Exception {
    path = folder.resolve("midge.sock");
    trusting = certificates.client(null);
    List<ListenerSpec> listeners =
        Stream.of(
                ListenerSpec.tcp(0),
                ListenerSpec.webSocket(0),
                ListenerSpec.tcp(0).withTls(certificates.tls()),
                ListenerSpec.webSocket(0).withTls(certificates.tls()),
                ListenerSpec.unix(path))
            .map(each -> each.withSecurity(security))
            .toList();
    Limits limits = Limits.builder().maxPacketSize(3_000_000).build();
    broker =
        Broker.start(new BrokerConfig(List.of(), log, false, limits, listeners).withFaults(faults));
  }

  RawClient open(Transport transport, ProtocolVersion version) throws IOException {
    last = null;
    lastUnix = null;
    return switch (transport) {
      case TCP -> RawClient.over(plain(transport), version);
      case TLS -> RawClient.over(tls(transport), version);
      case WEBSOCKET -> webSocket(plain(transport), version);
      case TLS_WEBSOCKET -> webSocket(tls(transport), version);
      case UNIX -> unix(version);
    };
  }

  private Socket plain(Transport transport) throws IOException {
    last = new Socket("127.0.0.1", broker.ports().get(transport.ordinal()));
    return last;
  }

  private Socket tls(Transport transport) throws IOException {
    Socket below = plain(transport);
    return trusting.getSocketFactory().createSocket(below, "127.0.0.1", below.getPort(), true);
  }

  /** Tears the connection that was opened last, below all that stands on it. */
  void tear() throws IOException {
    if (lastUnix != null) {
      lastUnix.close(); // with unread input
      return;
    }
    last.setSoLinger(true, 0);
    last.close();
  }

  private static RawClient webSocket(Socket socket, ProtocolVersion version) throws IOException {
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    WebSocketPeer peer =
        new WebSocketPeer(socket.getInputStream(), socket.getOutputStream()).upgraded();
    return RawClient.over(peer.input(), peer.output(), socket, version);
  }

  private RawClient unix(ProtocolVersion version) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(path));
    lastUnix = channel;
    return RawClient.over(channel, version);
  }

  @Override
  public void close() {
    broker.close();
  }
}
