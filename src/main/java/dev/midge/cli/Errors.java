package dev.midge.cli;

import dev.midge.client.LinkFailure;
import dev.midge.mqtt.ReasonCode;

/**
 * Turns failures of the connection into lines on standard error and exit statuses; nobody else
 * does. The statuses are the same in both manners.
 */
final class Errors {
  private static final String NETWORK_PROTOCOL =
      "Error: A network protocol error occurred when communicating with the broker";

  /** libmosquitto's number for a payload that no packet can hold. */
  private static final int BEYOND_MQTT = 9;

  private static final String LOST = "Error: The connection was lost";
  private static final String NOT_CONNECTED = "Error: The client is not currently connected";

  private final Surroundings surroundings;
  private final Manners manners;
  private final String word;
  private final Command command;

  /**
   * @param word the one after {@code midge}
   * @param command tells after the parsing how much it wants said
   */
  Errors(Surroundings surroundings, Manners manners, String word, Command command) {
    this.surroundings = surroundings;
    this.manners = manners;
    this.word = word;
    this.command = command;
  }

  /** A failure of the connection, with mosquitto's status and words. */
  int link(LinkFailure failure) {
    return switch (failure.kind()) {
      case LOOKUP -> say(ExitCode.FAILED, "Unable to connect (Lookup error).");
      case UNREACHABLE -> say(ExitCode.FAILED, "Error: " + failure.getMessage());
      case INVALID -> say(ExitCode.FAILED, "Unable to connect (Invalid input).");
      case TLS -> tls(failure.getMessage());
      case TLS_FILE ->
          say(
              ExitCode.FAILED,
              "Error: Problem setting TLS options: File not found." + more(failure));
      case TLS_SETTING -> say(ExitCode.FAILED, "Error: " + failure.getMessage());
      case PROXY_AUTHORISATION ->
          say(ExitCode.AUTHORISATION, "Error: Authorisation failed" + more(failure));
      case PROXY_UNREACHABLE -> say(ExitCode.NOT_CONNECTED, NOT_CONNECTED + more(failure));
      case PROXY -> say(ExitCode.PROXY, "Error: Proxy error" + more(failure));
      case WEBSOCKET -> say(ExitCode.UNKNOWN, "Error: Unknown error" + more(failure));
      case REFUSED -> refused(failure);
      case LOST -> say(ExitCode.CONNECTION_LOST, LOST);
      case KEEPALIVE -> say(ExitCode.KEEPALIVE, "Error: Keepalive exceeded");
      case DISCONNECTED -> disconnected(failure);
      case PROTOCOL -> say(ExitCode.PROTOCOL, NETWORK_PROTOCOL);
      case MALFORMED -> say(ExitCode.MALFORMED, "Error: Malformed packet");
      case AUTHENTICATION -> say(ExitCode.AUTHORISATION, "Error: Authorisation failed");
      case QOS_NOT_SUPPORTED ->
          word.equals("rr")
              ? say(ExitCode.QOS_NOT_SUPPORTED, "Error: Requested QoS not supported on server")
              : say(
                  ExitCode.CONNECTION_LOST,
                  "Error: Message QoS not supported on broker, try a lower QoS.\n" + LOST);
      case OVERSIZE ->
          failure.code() == BEYOND_MQTT
              ? say(
                  ExitCode.CONNECTION_LOST, "Error: Message payload is too large." + more(failure))
              : command.isStream() || !word.equals("pub")
                  ? say(
                      ExitCode.OVERSIZE,
                      "Error: Packet larger than supported by the server" + more(failure))
                  : say(ExitCode.CONNECTION_LOST, LOST + more(failure));
      case MEMORY -> say(ExitCode.FAILED, "Error: Out of memory" + more(failure));
    };
  }

  /** mosquitto tells the reason among the packets, midge always. */
  private int tls(String reason) {
    if (command.isDebugging() && reason != null) {
      Invocation.print(surroundings, "Error: " + reason + "\n");
    }
    return say(
        ExitCode.FAILED,
        "Unable to connect (A TLS error occurred)."
            + (reason == null ? "" : manners.more("\n" + reason)));
  }

  /** What midge knows beyond mosquitto's line. */
  private String more(LinkFailure failure) {
    return failure.getMessage() == null ? "" : manners.more("\n" + failure.getMessage());
  }

  private int refused(LinkFailure failure) {
    int code = failure.code();
    boolean v5 = failure.version().isV5();
    String text =
        "Connection error: " + (v5 ? ReasonCode.text(code) : ReasonCode.connackTextV3(code));
    if (v5 && code == ReasonCode.UNSUPPORTED_PROTOCOL_VERSION) {
      text +=
          ". Try connecting to an MQTT v5 broker, or use MQTT v3.x mode"
              + manners.more(": -V 311")
              + ".";
    }
    if (failure.reasonString() != null) {
      text += manners.more("\n" + failure.reasonString());
    }
    if (word.equals("pub")) {
      // What MQTT 3 does not know is no refusal but nonsense, except to -l.
      boolean ordinary = !v5 && code <= ReasonCode.LAST_REFUSAL_V3;
      text +=
          ordinary || command.isStream()
              ? "\nError: The connection was refused"
              : "\n" + NETWORK_PROTOCOL;
    }
    return say(code, text);
  }

  private int disconnected(LinkFailure failure) {
    String reason =
        failure.code() >= 0x80 ? ": the broker said " + ReasonCode.text(failure.code()) : "";
    return say(ExitCode.NOT_CONNECTED, NOT_CONNECTED + manners.more(reason));
  }

  int say(int status, String lines) {
    if (!command.isQuiet()) {
      surroundings.err().println(lines);
    }
    return status;
  }
}
