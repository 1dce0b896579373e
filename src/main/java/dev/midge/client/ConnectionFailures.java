package dev.midge.client;

import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.packet.Auth;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.net.NetFailure;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Makes {@link ConnectionFailure}s of exceptions of the transport, packets and futures. */
public final class ConnectionFailures {
  private static final int BEGINNING_BYTES = 100;

  private ConnectionFailures() {}

  /** Returns the failure of an attempt to connect. */
  public static ConnectionFailure unreachable(IOException why) {
    if (why instanceof NetFailure refusal) {
      return caused(new ConnectionFailure(kind(refusal.kind()), why.getMessage()), why);
    }
    return why instanceof UnknownHostException
        ? caused(new ConnectionFailure(Kind.LOOKUP, why.getMessage()), why)
        : caused(new ConnectionFailure(Kind.UNREACHABLE, systemText(why)), why);
  }

  private static Kind kind(NetFailure.Kind kind) {
    return switch (kind) {
      case INVALID -> Kind.INVALID;
      case TLS -> Kind.TLS;
      case PROXY_AUTHORISATION -> Kind.PROXY_AUTHORISATION;
      case PROXY_UNREACHABLE -> Kind.PROXY_UNREACHABLE;
      case PROXY -> Kind.PROXY;
      case WEBSOCKET -> Kind.WEBSOCKET;
    };
  }

  /**
   * Returns the failure of a connection that has ended.
   *
   * @param why null when the broker hung up
   */
  public static ConnectionFailure lost(@Nullable IOException why) {
    return caused(new ConnectionFailure(Kind.LOST, why == null ? null : systemText(why)), why);
  }

  /**
   * Returns the failure of a connection whose broker sent bytes that are no packet.
   *
   * @param first the bytes, if they are the first of all; null otherwise
   */
  public static ConnectionFailure malformed(
      MalformedPacketException what, @Nullable ByteBuffer first) {
    Kind kind = what.reasonCode() == ReasonCode.MALFORMED_PACKET ? Kind.MALFORMED : Kind.PROTOCOL;
    return caused(
        ConnectionFailure.malformed(
            kind, what.getMessage(), what.reasonCode(), first == null ? null : beginning(first)),
        what);
  }

  private static byte[] beginning(ByteBuffer first) {
    return Arrays.copyOf(first.array(), Math.min(first.limit(), BEGINNING_BYTES));
  }

  /** Returns the failure of a connection whose broker did what MQTT forbids. */
  public static ConnectionFailure protocol() {
    return new ConnectionFailure(Kind.PROTOCOL, null, ReasonCode.PROTOCOL_ERROR, null);
  }

  /** Returns the failure of a connection that CONNACK refuses. */
  public static ConnectionFailure refused(ProtocolVersion version, Connack connack) {
    return ConnectionFailure.refused(
            version, connack.reasonCode(), connack.properties().text(Property.REASON_STRING))
        .referringTo(connack.properties().text(Property.SERVER_REFERENCE));
  }

  /** Returns the failure of a connection that the broker ended by DISCONNECT. */
  public static ConnectionFailure disconnected(Disconnect disconnect) {
    return new ConnectionFailure(
            Kind.DISCONNECTED,
            null,
            disconnect.reasonCode(),
            disconnect.properties().text(Property.REASON_STRING))
        .referringTo(disconnect.properties().text(Property.SERVER_REFERENCE));
  }

  /** Returns the failure of a connection whose broker wants an AUTH exchange, unasked. */
  public static ConnectionFailure authentication(Auth auth) {
    return new ConnectionFailure(
        Kind.AUTHENTICATION,
        null,
        auth.reasonCode(),
        auth.properties().text(Property.REASON_STRING));
  }

  /** Returns the failure of a connection that took longer than the user allows. */
  public static ConnectionFailure silent(Duration limit) {
    return new ConnectionFailure(
        Kind.SILENT, "Not connected within " + limit.toSeconds() + " s (--connect-timeout)");
  }

  /** Returns the failure for a message that does not fit into Java's heap. */
  public static ConnectionFailure memory() {
    return new ConnectionFailure(
        Kind.MEMORY,
        "A message is larger than Java's heap; JAVA_TOOL_OPTIONS=-Xmx1g, say, gives it more.");
  }

  private static ConnectionFailure caused(ConnectionFailure failure, @Nullable Exception why) {
    failure.initCause(why);
    return failure;
  }

  /**
   * Returns the system's text without what Java puts behind it: {@code Connection refused (Bind
   * failed)}.
   */
  private static @Nullable String systemText(IOException why) {
    String text = why.getMessage();
    if (text == null) {
      return null;
    }
    int decoration = text.indexOf(" (");
    return decoration > 0 ? text.substring(0, decoration) : text;
  }

  /** Waits for a future of a connection, which fails with {@link ConnectionFailure}s. */
  public static <T extends @Nullable Object> T result(CompletableFuture<T> future)
      throws ConnectionFailure, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectionFailure failure) {
        throw failure;
      }
      if (e.getCause() instanceof CancellationException ended) {
        throw ended;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
