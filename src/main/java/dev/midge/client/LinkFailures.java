package dev.midge.client;

import dev.midge.client.LinkFailure.Kind;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.packet.Auth;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.wire.WireException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Translates exceptions of the ground floor into {@link LinkFailure}s. */
public final class LinkFailures {
  private static final int BEGINNING_BYTES = 100;

  private LinkFailures() {}

  /** Returns the failure of an attempt to connect. */
  public static LinkFailure unreachable(IOException why) {
    if (why instanceof WireException refusal) {
      return caused(new LinkFailure(kind(refusal.kind()), why.getMessage()), why);
    }
    return why instanceof UnknownHostException
        ? caused(new LinkFailure(Kind.LOOKUP, why.getMessage()), why)
        : caused(new LinkFailure(Kind.UNREACHABLE, systemText(why)), why);
  }

  private static Kind kind(WireException.Kind kind) {
    return switch (kind) {
      case INVALID -> Kind.INVALID;
      case TLS -> Kind.TLS;
      case TLS_FILE -> Kind.TLS_FILE;
      case TLS_SETTING -> Kind.TLS_SETTING;
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
  public static LinkFailure lost(IOException why) {
    return caused(new LinkFailure(Kind.LOST, why == null ? null : systemText(why)), why);
  }

  /**
   * The broker's bytes are no packet.
   *
   * @param first what it has sent, if that is the first of all; null otherwise
   */
  static LinkFailure malformed(MalformedPacketException what, ByteBuffer first) {
    Kind kind = what.reasonCode() == ReasonCode.MALFORMED_PACKET ? Kind.MALFORMED : Kind.PROTOCOL;
    return caused(
        LinkFailure.malformed(
            kind, what.getMessage(), what.reasonCode(), first == null ? null : beginning(first)),
        what);
  }

  private static byte[] beginning(ByteBuffer first) {
    return Arrays.copyOf(first.array(), Math.min(first.limit(), BEGINNING_BYTES));
  }

  /** The broker did what MQTT forbids. */
  static LinkFailure protocol() {
    return new LinkFailure(Kind.PROTOCOL, null, ReasonCode.PROTOCOL_ERROR, null);
  }

  /** Returns the failure of a connection that the broker ended by DISCONNECT. */
  public static LinkFailure disconnected(Disconnect disconnect) {
    return new LinkFailure(
            Kind.DISCONNECTED,
            null,
            disconnect.reasonCode(),
            disconnect.properties().text(Property.REASON_STRING))
        .referringTo(disconnect.properties().text(Property.SERVER_REFERENCE));
  }

  /** The broker wants an exchange that nobody asked it for. */
  static LinkFailure authentication(Auth auth) {
    return new LinkFailure(
        Kind.AUTHENTICATION,
        null,
        auth.reasonCode(),
        auth.properties().text(Property.REASON_STRING));
  }

  static LinkFailure memory() {
    return new LinkFailure(
        Kind.MEMORY,
        "A message is larger than Java's heap; JAVA_TOOL_OPTIONS=-Xmx1g, say, gives it more.");
  }

  private static LinkFailure caused(LinkFailure failure, Exception why) {
    failure.initCause(why);
    return failure;
  }

  /**
   * The system's text without what Java puts behind it: {@code Connection refused (Bind failed)}.
   */
  private static String systemText(IOException why) {
    String text = why.getMessage();
    if (text == null) {
      return null;
    }
    int decoration = text.indexOf(" (");
    return decoration > 0 ? text.substring(0, decoration) : text;
  }
}
