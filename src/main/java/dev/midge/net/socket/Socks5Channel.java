package dev.midge.net.socket;

import dev.midge.net.ClientChannel;
import dev.midge.net.Endpoint;
import dev.midge.net.IpLiteral;
import dev.midge.net.NetFailure;
import dev.midge.net.NetFailure.Kind;
import dev.midge.net.ProxySpec;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel through a SOCKS5 proxy, RFC 1928 and 1929. The proxy looks the broker's name up. Java's
 * own SOCKS client would hide the proxy's reasons.
 */
public final class Socks5Channel implements ClientChannel {

  private static final int VERSION = 5;
  private static final int NO_AUTHENTICATION = 0;
  private static final int USER_AND_PASSWORD = 2;
  private static final int USER_AND_PASSWORD_VERSION = 1;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;
  private static final int LONGEST = 255;

  private final Endpoint broker;
  private final ProxySpec proxy;
  private final TcpChannel socket;
  private volatile boolean through;

  /**
   * @param proxy the one to go through, which that endpoint names
   */
  public Socks5Channel(Endpoint broker, ProxySpec proxy) {
    this.broker = broker;
    this.proxy = proxy;
    socket = new TcpChannel(new Endpoint(proxy.host(), proxy.port(), broker.bindAddress()));
  }

  @Override
  public void connect() throws IOException {
    byte[] greeting = greeting();
    byte[] request = request();
    socket.connect();
    DataInputStream in = new DataInputStream(socket.in());
    try {
      greet(greeting, in);
      socket.out().write(request);
      checkReply(in);
      through = true;
    } catch (EOFException e) {
      throw new NetFailure(Kind.PROXY, "The proxy hung up.", e);
    }
  }

  @Override
  public @Nullable String awaited() {
    return through ? null : "the SOCKS5 proxy";
  }

  private byte[] greeting() {
    return proxy.username() == null
        ? new byte[] {VERSION, 1, NO_AUTHENTICATION}
        : new byte[] {VERSION, 2, NO_AUTHENTICATION, USER_AND_PASSWORD};
  }

  private void greet(byte[] greeting, DataInputStream in) throws IOException {
    socket.out().write(greeting);
    checkVersion(in);
    int method = in.readUnsignedByte();
    String username = proxy.username();
    if (method == USER_AND_PASSWORD && username != null) {
      authenticate(username, in);
    } else if (method != NO_AUTHENTICATION) {
      throw new NetFailure(
          Kind.PROXY_AUTHORISATION,
          "The proxy accepts none of the offered authentication methods.");
    }
  }

  private void authenticate(String username, DataInputStream in) throws IOException {
    ByteArrayOutputStream credentials = new ByteArrayOutputStream();
    credentials.write(USER_AND_PASSWORD_VERSION);
    put(credentials, username, Kind.PROXY_AUTHORISATION, "The user name for the proxy");
    String password = proxy.password() == null ? "" : proxy.password();
    put(credentials, password, Kind.PROXY_AUTHORISATION, "The password for the proxy");
    socket.out().write(credentials.toByteArray());
    in.readUnsignedByte();
    if (in.readUnsignedByte() != 0) {
      throw new NetFailure(
          Kind.PROXY_AUTHORISATION, "The proxy refuses the user name or the password.");
    }
  }

  private byte[] request() throws NetFailure {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.write(VERSION);
    request.write(CONNECT);
    request.write(0);
    byte[] address = IpLiteral.parse(broker.host());
    if (address == null) {
      request.write(NAME);
      put(request, broker.host(), Kind.PROXY, "The broker's name");
    } else {
      request.write(address.length == 4 ? IPV4 : IPV6);
      request.writeBytes(address);
    }
    request.write(broker.port() >> 8);
    request.write(broker.port());
    return request.toByteArray();
  }

  private static void put(ByteArrayOutputStream out, String text, Kind kind, String what)
      throws NetFailure {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST) {
      throw new NetFailure(kind, what + " is longer than 255 bytes.");
    }
    out.write(bytes.length);
    out.writeBytes(bytes);
  }

  private static void checkReply(DataInputStream in) throws IOException {
    checkVersion(in);
    int reply = in.readUnsignedByte();
    if (reply != 0) {
      throw refused(reply);
    }
    in.readUnsignedByte();
    int type = in.readUnsignedByte();
    int length =
        switch (type) {
          case IPV4 -> 4;
          case IPV6 -> 16;
          case NAME -> in.readUnsignedByte();
          default ->
              throw new NetFailure(Kind.PROXY, "The proxy answers with address type " + type);
        };
    in.readFully(new byte[length + 2]);
  }

  private static void checkVersion(DataInputStream in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new NetFailure(Kind.PROXY, "The proxy does not speak SOCKS5.");
    }
  }

  private static NetFailure refused(int reply) {
    return switch (reply) {
      case 2 -> refused(Kind.PROXY_AUTHORISATION, "The proxy does not allow that.", reply);
      case 3 -> refused(Kind.PROXY_UNREACHABLE, "Network unreachable from the proxy.", reply);
      case 4 -> refused(Kind.PROXY_UNREACHABLE, "Host unreachable from the proxy.", reply);
      case 5 -> refused(Kind.PROXY_UNREACHABLE, "Connection refused to the proxy.", reply);
      default -> refused(Kind.PROXY, "The proxy refuses with code " + reply + ".", reply);
    };
  }

  private static NetFailure refused(Kind kind, String text, int reply) {
    return NetFailure.ofProxy(kind, text, reply);
  }

  @Override
  public InputStream in() throws IOException {
    return socket.in();
  }

  @Override
  public OutputStream out() throws IOException {
    return socket.out();
  }

  @Override
  public void endOutput() throws IOException {
    socket.endOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  @Override
  public void abort() throws IOException {
    socket.abort();
  }
}
