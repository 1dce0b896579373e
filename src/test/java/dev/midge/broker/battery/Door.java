package dev.midge.broker.battery;

import dev.midge.broker.WebSocketPeer;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.net.tls.make.TestCertificate;
import dev.midge.testing.RawClient;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A listener of a configuration file.
 *
 * @param port in the file
 * @param path of a unix socket; null for TCP
 */
record Door(String name, Protocol protocol, String host, int port, String path) {

  /** The protocols below MQTT. */
  enum Protocol {
    PLAIN,
    TLS,
    WEBSOCKET
  }

  /** A connection, and how to tear it. */
  record Link(RawClient client, Closeable reset) {}

  static Door plain(int port) {
    return new Door("at " + port, Protocol.PLAIN, "127.0.0.1", port, null);
  }

  static Door tls(int port) {
    return new Door("at " + port, Protocol.TLS, "127.0.0.1", port, null);
  }

  static Door webSocket(int port) {
    return new Door("at " + port, Protocol.WEBSOCKET, "127.0.0.1", port, null);
  }

  static Door unix(String path) {
    return new Door("at " + path, Protocol.PLAIN, null, 0, path);
  }

  Door on(String other) {
    return new Door(name, protocol, other, port, path);
  }

  Door named(String other) {
    return new Door(other, protocol, host, port, path);
  }

  Link open(Installation broker, Person person, ProtocolVersion version)
      throws IOException, GeneralSecurityException {
    if (path != null) {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(UnixDomainSocketAddress.of(broker.at(path)));
      return new Link(RawClient.over(channel, version), channel);
    }
    Socket socket = new Socket(host, broker.port(port));
    Closeable reset = () -> reset(socket);
    return switch (protocol) {
      case PLAIN -> new Link(RawClient.over(socket, version), reset);
      case TLS -> new Link(RawClient.over(tls(socket, broker, person), version), reset);
      case WEBSOCKET -> {
        socket.setSoTimeout(30_000);
        WebSocketPeer peer =
            new WebSocketPeer(socket.getInputStream(), socket.getOutputStream()).upgraded();
        yield new Link(RawClient.over(peer.input(), peer.output(), socket, version), reset);
      }
    };
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static SSLSocket tls(Socket below, Installation broker, Person person)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", broker.authority.certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    if (person.certificate() != null) {
      TestCertificate certificate = broker.authority.client(person.certificate());
      own.setKeyEntry(
          "own", certificate.key(), new char[0], certificate.chain().toArray(Certificate[]::new));
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(below, "localhost", below.getPort(), true);
    socket.startHandshake();
    return socket;
  }
}
