package dev.midge.cli.failure;

import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.ReasonCode;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.NetFailure;
import dev.midge.net.TlsRefusal;
import dev.midge.net.TlsSpec;
import dev.midge.net.socket.FailedAttempts;
import dev.midge.text.TerminalEscapes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Explains a failed connection in midge's own words: what failed and what was tried, what is known
 * about it, and what to try next, in at most three lines. {@link FailureReporter} loads it when
 * something has failed, and under mosquitto's names never.
 */
public final class FailureExplanation {
  /** libmosquitto's number for a payload that no packet can hold. */
  static final int BEYOND_MQTT = 9;

  private static final String REFUSED = "Connection refused";
  private static final int FIRST_BYTE_OF_TLS_ALERT = 0x15;

  private final FailedCommand command;
  private final ConnectAttempt attempt;
  private final ConnectionFailure failure;

  /**
   * Makes one.
   *
   * @param command the one that is advised
   */
  public FailureExplanation(
      FailedCommand command, ConnectAttempt attempt, ConnectionFailure failure) {
    this.command = command;
    this.attempt = attempt;
    this.failure = failure;
  }

  /** Returns the lines for a command that ends with the failure. */
  String error() {
    FailureMessage message = message();
    return "Error: "
        + line(message.what() + ": " + attempt.description(failure))
        + rest(message)
        + retries(failure.retries());
  }

  private static String retries(long count) {
    return count == 0 ? "" : "\nIt was tried again " + (count == 1 ? "once." : count + " times.");
  }

  private String rest(FailureMessage message) {
    String next =
        AdviceFilter.applicable(message.next(), name -> command.options().find(name) != null);
    return (message.detail() == null ? "" : "\n" + line(message.detail()))
        + (next == null ? "" : "\nTry: " + line(next));
  }

  /**
   * Returns the lines for a client that will connect again. One that was connected before gets no
   * advice, unless the broker has sent DISCONNECT with a reason.
   *
   * @param when says when that will be: {@code once a second}
   */
  public String warning(String when) {
    FailureMessage message = message();
    String first =
        "Warning: "
            + line(message.what() + ": " + attempt.description(failure))
            + "; trying again "
            + when
            + ".";
    boolean silent = failure.kind() != ConnectionFailure.Kind.DISCONNECTED;
    return attempt.connected() && silent ? first : first + rest(message);
  }

  /** Escapes the broker's text, which must stay one line and must not command the terminal. */
  private static String line(String text) {
    return TerminalEscapes.escaped(text);
  }

  private FailureMessage message() {
    String message = failure.getMessage();
    return switch (failure.kind()) {
      case LOOKUP -> lookup();
      case UNREACHABLE -> unreachable(message == null ? "Unable to connect" : message);
      case INVALID -> new FailureMessage("Unable to connect", message, null);
      case TLS -> TlsFailureMessage.of(message, refusal(), hasCertificate(), attempt.endpoint());
      case PROXY_AUTHORISATION ->
          new FailureMessage(
              "The proxy refuses",
              proxy(message),
              "credentials that the proxy takes: --proxy socks5h://USER:PASSWORD@HOST:PORT.");
      case PROXY_UNREACHABLE ->
          new FailureMessage(
              "The proxy cannot reach the broker",
              proxy(message),
              "is that the broker's name and port as the proxy sees them? It looks the name up itself.");
      case PROXY ->
          new FailureMessage(
              "Proxy error",
              proxy(message),
              "is that a SOCKS5 proxy? --proxy names host and port.");
      case WEBSOCKET ->
          new FailureMessage(
              "No MQTT over WebSocket there",
              message,
              String.valueOf(message).contains(" in TLS")
                  ? "--cafile FILE, or -L wss://, to speak TLS with it."
                  : "is that the broker's port for WebSocket? It must serve the path /mqtt. Without --ws midge speaks plain MQTT.");
      case REFUSED -> RefusalMessage.connack(failure, attempt);
      case DISCONNECTED -> RefusalMessage.disconnect(failure, attempt);
      case LOST -> lost(message);
      case KEEPALIVE ->
          new FailureMessage(
              "Keepalive exceeded",
              "No answer to PINGREQ came in time.",
              "is the network still there, and is the broker alive? -k SECONDS asks less often.");
      case SILENT ->
          new FailureMessage(
              String.valueOf(message),
              command.options().find("-d") == null || command.debugging()
                  ? "No CONNACK came."
                  : "No CONNACK came; see -d for how far it went.",
              "is that an MQTT broker, and is it well? A firewall that swallows packets looks the same.");
      case UNANSWERED ->
          new FailureMessage(
              "The broker does not answer",
              message + ".",
              "is the broker well? Its log may tell more. Something between may let only the first packets through.");
      case PROTOCOL, MALFORMED -> nonsense(message);
      case AUTHENTICATION ->
          new FailureMessage(
              "Authorisation failed",
              reason("AUTH", failure.code(), "an exchange that was not asked for"),
              "the broker wants an authentication method that midge does not have: use -u and -P, or a certificate.");
      case QOS_NOT_SUPPORTED ->
          new FailureMessage(
              "Message QoS not supported on broker", null, "a lower QoS: -q 0 or -q 1.");
      case OVERSIZE ->
          new FailureMessage(
              failure.code() == BEYOND_MQTT
                  ? "Message payload is too large"
                  : "Packet larger than supported by the server",
              message,
              null);
      case MEMORY -> new FailureMessage("Out of memory", message, null);
    };
  }

  private FailureMessage lookup() {
    String local = attempt.endpoint().bindAddress();
    String message = String.valueOf(failure.getMessage());
    if (local != null && message.startsWith(local)) {
      return new FailureMessage(
          "Local name not known (" + local + ")", null, "an address of this machine for -A.");
    }
    if (attempt.endpoint().proxy() != null) {
      return new FailureMessage(
          "The proxy's name is not known", null, "check the host in --proxy, or give its address.");
    }
    return new FailureMessage(
        "Name not known", null, "check the host (-h, -L or MIDGE_HOST), or give its address.");
  }

  private FailureMessage unreachable(String what) {
    String telling = isAnyRefused() ? REFUSED : what;
    return new FailureMessage(telling, differences(), Advice.toReach(telling, attempt));
  }

  /**
   * Tells whether any address refused the connection, which says more than the last failure: that
   * of ::1 on a machine without IPv6.
   */
  private boolean isAnyRefused() {
    for (FailedAttempts.Attempt tried : FailedAttempts.of(failure.getCause())) {
      if (String.valueOf(tried.failure().getMessage()).startsWith(REFUSED)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the failure of each address; null where it is the same for all. */
  private @Nullable String differences() {
    StringBuilder list = new StringBuilder();
    String first = null;
    boolean differ = false;
    for (FailedAttempts.Attempt tried : FailedAttempts.of(failure.getCause())) {
      String text = String.valueOf(tried.failure().getMessage());
      differ |= first != null && !text.equals(first);
      first = text;
      list.append(list.length() == 0 ? "" : "; ")
          .append(ConnectAttempt.text(tried.address()))
          .append(": ")
          .append(text);
    }
    return differ ? list.toString() : null;
  }

  private @Nullable TlsRefusal refusal() {
    return failure.getCause() instanceof NetFailure wire ? wire.refusal() : null;
  }

  private @Nullable String proxy(@Nullable String message) {
    int reply = failure.getCause() instanceof NetFailure wire ? wire.reply() : 0;
    return reply == 0 ? message : "SOCKS5 reply " + ReasonCode.hex(reply) + ": " + message;
  }

  private boolean hasCertificate() {
    TlsSpec tls = attempt.endpoint().tls();
    return tls != null && tls.certFile() != null;
  }

  private FailureMessage lost(@Nullable String message) {
    String what = "The connection was lost";
    String alert = attempt.endpoint().tls() == null ? null : TlsFailureMessage.alert(failure);
    if (alert != null) {
      return new FailureMessage(
          what,
          "The broker sent the TLS alert " + alert + ".",
          TlsFailureMessage.advice(alert, hasCertificate()));
    }
    String how = message == null ? "The broker hung up" : message;
    if (attempt.connected()) {
      return new FailureMessage(
          what,
          how + (message == null ? ", without a word." : "."),
          "the broker's log tells why. A message it does not take, or another client with the same id (-i), are common.");
    }
    return new FailureMessage(
        what,
        how + " before CONNACK.",
        attempt.endpoint().tls() == null && attempt.endpoint().transport() == Transport.TCP
            ? "does that port want TLS (--cafile FILE, or -L mqtts://) or WebSocket (--ws)? Does the broker speak this version (-V 311)?"
            : "does that port speak MQTT? Does the broker speak this version (-V 311)? Its log tells more.");
  }

  private FailureMessage nonsense(@Nullable String message) {
    String what =
        failure.kind() == ConnectionFailure.Kind.MALFORMED
            ? "Malformed packet"
            : "A network protocol error occurred when communicating with the broker";
    byte[] first = failure.beginning();
    if (first == null) {
      return new FailureMessage(what, message, null);
    }
    if (first.length > 1 && first[0] == FIRST_BYTE_OF_TLS_ALERT && first[1] == 3) {
      return new FailureMessage(
          "The broker answers in TLS",
          null,
          "--cafile FILE, or -L mqtts://, to speak TLS with it.");
    }
    String text = new String(first, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n');
    String start = (end < 0 ? text : text.substring(0, end)).strip();
    if (text.startsWith("HTTP/")) {
      return new FailureMessage(
          "That is no MQTT but a web server",
          "It answers: " + start,
          "--ws for MQTT over WebSocket, or the broker's port for MQTT.");
    }
    return new FailureMessage(
        what,
        "Its answer begins with "
            + (isText(start) ? start : bytes(first))
            + (message == null ? "" : " (" + message + ")"),
        "is that the port of an MQTT broker?");
  }

  private static boolean isText(String text) {
    return text.length() > 3 && text.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
  }

  private static String bytes(byte[] bytes) {
    StringBuilder hex = new StringBuilder("the bytes");
    for (int i = 0; i < Math.min(bytes.length, 8); i++) {
      hex.append(' ').append(ReasonCode.hex(bytes[i] & 0xFF).substring(2));
    }
    return hex.toString();
  }

  private String reason(String packet, int code, String text) {
    return RefusalMessage.line(packet, code, text, failure.reasonString());
  }
}
