package dev.midge.cli.failure;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.command.Command;
import dev.midge.cli.command.Invocation;
import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.ReasonCode;

/**
 * Turns failures of the connection into lines on standard error and exit statuses; nobody else
 * does. The statuses are the same in both manners.
 */
public final class FailureReporter {
  private static final String NETWORK_PROTOCOL =
      "Error: A network protocol error occurred when communicating with the broker";

  /** libmosquitto's number for a payload that no packet can hold. */
  static final int BEYOND_MQTT = 9;

  private static final String LOST = "Error: The connection was lost";
  private static final String NOT_CONNECTED = "Error: The client is not currently connected";

  private final ProcessContext context;
  private final Compatibility compatibility;
  private final String word;
  private final Command command;

  /**
   * @param word the one after {@code midge}
   * @param command tells after the parsing how much it wants said
   */
  public FailureReporter(
      ProcessContext context, Compatibility compatibility, String word, Command command) {
    this.context = context;
    this.compatibility = compatibility;
    this.word = word;
    this.command = command;
  }

  /** What is printed and how the program ends. */
  private record Told(int status, String lines) {}

  /** A failure of the connection: mosquitto's status, in its words or in midge's own. */
  public int report(ConnectionFailure failure) {
    ConnectAttempt attempt = compatibility.explains() ? command.attempt() : null;
    if (command.isDebugging()) {
      debug(failure, attempt);
    }
    Told told = told(failure);
    return say(
        told.status(),
        attempt == null ? told.lines() : new FailureExplanation(command, attempt, failure).lines());
  }

  private void debug(ConnectionFailure failure, ConnectAttempt attempt) {
    if (attempt != null) {
      print(FailureDetails.of(attempt, failure));
    } else if (failure.kind() == ConnectionFailure.Kind.TLS && failure.getMessage() != null) {
      // mosquitto tells the reason among the packets.
      print("Error: " + failure.getMessage() + "\n");
    }
  }

  private void print(String lines) {
    if (command.isJson()) {
      context.err().print(lines);
    } else {
      Invocation.print(context, lines);
    }
  }

  /** With mosquitto's words. */
  private Told told(ConnectionFailure failure) {
    return switch (failure.kind()) {
      case LOOKUP -> new Told(ExitCode.FAILED, "Unable to connect (Lookup error).");
      case UNREACHABLE, TLS_SETTING, SILENT ->
          new Told(ExitCode.FAILED, "Error: " + failure.getMessage());
      case INVALID -> new Told(ExitCode.FAILED, "Unable to connect (Invalid input).");
      case TLS -> new Told(ExitCode.FAILED, "Unable to connect (A TLS error occurred).");
      case TLS_FILE ->
          new Told(ExitCode.FAILED, "Error: Problem setting TLS options: File not found.");
      case PROXY_AUTHORISATION, AUTHENTICATION ->
          new Told(ExitCode.AUTHORISATION, "Error: Authorisation failed");
      case PROXY_UNREACHABLE, DISCONNECTED -> new Told(ExitCode.NOT_CONNECTED, NOT_CONNECTED);
      case PROXY -> new Told(ExitCode.PROXY, "Error: Proxy error");
      case WEBSOCKET -> new Told(ExitCode.UNKNOWN, "Error: Unknown error");
      case REFUSED -> refused(failure);
      case LOST -> new Told(ExitCode.CONNECTION_LOST, LOST);
      case KEEPALIVE -> new Told(ExitCode.KEEPALIVE, "Error: Keepalive exceeded");
      case PROTOCOL -> new Told(ExitCode.PROTOCOL, NETWORK_PROTOCOL);
      case MALFORMED -> new Told(ExitCode.MALFORMED, "Error: Malformed packet");
      case QOS_NOT_SUPPORTED ->
          word.equals("rr")
              ? new Told(ExitCode.QOS_NOT_SUPPORTED, "Error: Requested QoS not supported on server")
              : new Told(
                  ExitCode.CONNECTION_LOST,
                  "Error: Message QoS not supported on broker, try a lower QoS.\n" + LOST);
      case OVERSIZE ->
          failure.code() == BEYOND_MQTT
              ? new Told(ExitCode.CONNECTION_LOST, "Error: Message payload is too large.")
              : command.isStream() || !word.equals("pub")
                  ? new Told(ExitCode.OVERSIZE, "Error: Packet larger than supported by the server")
                  : new Told(ExitCode.CONNECTION_LOST, LOST);
      case MEMORY -> new Told(ExitCode.FAILED, "Error: Out of memory");
    };
  }

  private Told refused(ConnectionFailure failure) {
    int code = failure.code();
    boolean v5 = failure.version().isV5();
    String text =
        "Connection error: " + (v5 ? ReasonCode.text(code) : ReasonCode.connackTextV3(code));
    if (v5 && code == ReasonCode.UNSUPPORTED_PROTOCOL_VERSION) {
      text += ". Try connecting to an MQTT v5 broker, or use MQTT v3.x mode.";
    }
    if (word.equals("pub")) {
      // What MQTT 3 does not know is no refusal but nonsense, except to -l.
      boolean ordinary = !v5 && code <= ReasonCode.LAST_REFUSAL_V3;
      text +=
          ordinary || command.isStream()
              ? "\nError: The connection was refused"
              : "\n" + NETWORK_PROTOCOL;
    }
    return new Told(code, text);
  }

  public int say(int status, String lines) {
    if (!command.isQuiet()) {
      context.err().println(lines);
    }
    return status;
  }
}
