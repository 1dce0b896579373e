package dev.midge.cli.failure;

import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.socket.FailedAttempts;
import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * The attempt that a failed connection was, for {@link FailureExplanation}.
 *
 * @param connected whether a CONNACK had come before
 */
public record ConnectAttempt(Endpoint endpoint, ProtocolVersion version, boolean connected) {

  /** Tells whether the broker listens on a unix socket. */
  public boolean isUnix() {
    return endpoint.transport() == Transport.UNIX;
  }

  /** Tells whether the address named is one of this machine. */
  boolean isHere() {
    String host = endpoint.host();
    return isUnix()
        || host.equalsIgnoreCase("localhost")
        || host.startsWith("127.")
        || host.equals("::1");
  }

  /** Returns address and port, or the path of the socket. */
  public String name() {
    return isUnix() ? endpoint.host() : address(endpoint.host(), endpoint.port());
  }

  /** Returns address, port and transport, without the addresses that were tried. */
  public String place() {
    return name() + " over " + transport();
  }

  /** Returns address, port, transport and version for the end of a line. */
  String description(ConnectionFailure failure) {
    return (isUnix() ? name() : broker(failure))
        + " over "
        + transport()
        + ", MQTT "
        + version.number();
  }

  private String broker(ConnectionFailure failure) {
    String broker = address(endpoint.host(), endpoint.port());
    if (endpoint.proxy() == null) {
      return broker + addresses(failure, endpoint.host());
    }
    String proxy = endpoint.proxy().host();
    return broker
        + " through the SOCKS5 proxy "
        + address(proxy, endpoint.proxy().port())
        + addresses(failure, proxy);
  }

  /** Returns the name of the transport that carries MQTT there. */
  public String transport() {
    boolean tls = endpoint.tls() != null;
    return switch (endpoint.transport()) {
      case TCP -> tls ? "TLS" : "TCP";
      case WEBSOCKET -> tls ? "WebSocket with TLS" : "WebSocket";
      case UNIX -> tls ? "a unix socket with TLS" : "a unix socket";
    };
  }

  /** Returns the addresses that a name stood for, in brackets. */
  private static String addresses(ConnectionFailure failure, String host) {
    StringBuilder list = new StringBuilder();
    for (FailedAttempts.Attempt attempt : FailedAttempts.of(failure.getCause())) {
      String text = text(attempt.address());
      if (!text.equals(host)) {
        list.append(list.length() == 0 ? "" : ", ").append(text);
      }
    }
    return list.length() == 0 ? "" : " (" + list + ")";
  }

  /** Returns host and port, an IPv6 address in brackets. */
  public static String address(String host, int port) {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  /**
   * Returns the address as people write it: the longest run of zeros in an IPv6 address is left
   * out.
   */
  static String text(InetAddress address) {
    String text = address.getHostAddress();
    if (address instanceof Inet4Address) {
      return text;
    }
    String longest = "";
    for (String run = "0:0"; text.contains(run); run += ":0") {
      longest = run;
    }
    int at = longest.isEmpty() ? -1 : start(text, longest);
    if (at < 0) {
      return text;
    }
    String before = text.substring(0, at);
    String after = text.substring(at + longest.length());
    return (before.endsWith(":") ? before : before + ":")
        + (after.startsWith(":") ? after : after + ":");
  }

  /**
   * Returns the index at which the run starts as whole groups; -1 where it is part of larger
   * numbers only.
   */
  private static int start(String text, String run) {
    for (int at = text.indexOf(run); at >= 0; at = text.indexOf(run, at + 1)) {
      boolean begins = at == 0 || text.charAt(at - 1) == ':';
      int end = at + run.length();
      if (begins && (end == text.length() || text.charAt(end) == ':' || text.charAt(end) == '%')) {
        return at;
      }
    }
    return -1;
  }
}
