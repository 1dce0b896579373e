package dev.midge.broker;

import dev.midge.broker.access.Security;
import dev.midge.broker.config.Limits;
import dev.midge.broker.config.ListenerRules;
import dev.midge.broker.config.SocketFamily;
import dev.midge.broker.config.TlsFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One listener of a broker: its address, and the protocol of its connections.
 *
 * @param port 1 to 65535, 0 for a free one; not used for a unix socket
 * @param address a name or an address of this machine, {@link #ALL_ADDRESSES}, or null for the
 *     loopback addresses
 * @param family of the addresses that it uses, of those that {@code address} stands for
 * @param path of a unix socket; null for TCP
 * @param tls null for a listener without TLS
 * @param security who is let in, and may do what
 * @param limits of its clients; null for the broker's
 */
public record ListenerSpec(
    int port,
    @Nullable String address,
    SocketFamily family,
    @Nullable Path path,
    Protocol protocol,
    @Nullable TlsFiles tls,
    ListenerRules rules,
    Security security,
    @Nullable Limits limits) {

  /** The address that stands for all addresses of the machine. */
  public static final String ALL_ADDRESSES = "*";

  /** The protocols, under the names of mosquitto's configuration. */
  public enum Protocol {
    MQTT,
    WEBSOCKETS
  }

  public ListenerSpec {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port);
    }
  }

  /** Names a listener that everybody who reaches it may use. */
  private ListenerSpec(int port, @Nullable String address, @Nullable Path path, Protocol protocol) {
    this(
        port,
        address,
        SocketFamily.BOTH,
        path,
        protocol,
        null,
        ListenerRules.DEFAULT,
        Security.OPEN,
        null);
  }

  /** Returns MQTT on a port. */
  public static ListenerSpec tcp(int port) {
    return new ListenerSpec(port, null, null, Protocol.MQTT);
  }

  /** Returns MQTT in WebSockets on a port. */
  public static ListenerSpec webSocket(int port) {
    return new ListenerSpec(port, null, null, Protocol.WEBSOCKETS);
  }

  /** Returns MQTT on a unix socket. */
  public static ListenerSpec unix(Path path) {
    return new ListenerSpec(0, null, path, Protocol.MQTT);
  }

  /**
   * Returns a copy on another address; all who reach it can connect.
   *
   * @param other {@code 0.0.0.0} or {@code ::} for all of one family
   */
  public ListenerSpec on(String other) {
    return new ListenerSpec(port, other, family, path, protocol, tls, rules, security, limits);
  }

  /** Returns a copy on all addresses of the machine; all who reach it can connect. */
  public ListenerSpec onAllAddresses() {
    return on(ALL_ADDRESSES);
  }

  /** Returns a copy that uses the addresses of one family alone. */
  public ListenerSpec withFamily(SocketFamily other) {
    return new ListenerSpec(port, address, other, path, protocol, tls, rules, security, limits);
  }

  /** Returns its port or path as a line for the user names it. */
  String place() {
    return path == null ? "port " + port : path.toString();
  }

  /** Returns a copy with other rules. */
  public ListenerSpec withRules(ListenerRules other) {
    return new ListenerSpec(port, address, family, path, protocol, tls, other, security, limits);
  }

  /** Returns a copy that lets other clients in, or lets them do something else. */
  public ListenerSpec withSecurity(Security other) {
    return new ListenerSpec(port, address, family, path, protocol, tls, rules, other, limits);
  }

  /** Returns a copy with limits of its own in place of the broker's. */
  public ListenerSpec withLimits(Limits other) {
    return new ListenerSpec(port, address, family, path, protocol, tls, rules, security, other);
  }

  /** Returns a copy with TLS. */
  public ListenerSpec withTls(TlsFiles files) {
    return new ListenerSpec(port, address, family, path, protocol, files, rules, security, limits);
  }
}
