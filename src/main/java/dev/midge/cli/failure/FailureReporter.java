package dev.midge.cli.failure;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.ReasonCode;
import org.jspecify.annotations.Nullable;

/** Turns failures of the connection into lines on standard error and exit statuses. */
public final class FailureReporter {
  private static final String NETWORK_PROTOCOL =
      "Error: A network protocol error occurred when communicating with the broker";

  private static final String LOST = "Error: The connection was lost";
  private static final String NOT_CONNECTED = "Error: The client is not currently connected";

  private final ProcessContext context;
  private final Compatibility compatibility;
  private final String name;
  private final FailedCommand command;

  /**
   * Makes one for one command.
   *
   * @param name that of the command
   */
  public FailureReporter(
      ProcessContext context, Compatibility compatibility, String name, FailedCommand command) {
    this.context = context;
    this.compatibility = compatibility;
    this.name = name;
    this.command = command;
  }

  /** The exit status and the text that is printed. */
  private record Told(int status, String lines) {}

  /**
   * Prints a failure of the connection in mosquitto's words or in midge's own, unless the command
   * is quiet.
   *
   * @return the exit status, which is mosquitto's
   */
  public int report(ConnectionFailure failure) {
    ConnectAttempt attempt = compatibility.explainsFailures() ? command.attempt() : null;
    if (command.debugging()) {
      debug(failure, attempt);
    }
    Told told = told(failure);
    return say(
        told.status(),
        attempt == null ? told.lines() : new FailureExplanation(command, attempt, failure).error());
  }

  private void debug(ConnectionFailure failure, @Nullable ConnectAttempt attempt) {
    if (attempt != null) {
      print(FailureDetails.of(attempt, failure));
    } else if (failure.kind() == ConnectionFailure.Kind.TLS && failure.getMessage() != null) {
      // mosquitto tells the reason among the packets.
      print("Error: " + failure.getMessage() + "\n");
    }
  }

  private void print(String lines) {
    if (command.json()) {
      context.err().print(lines);
    } else {
      context.print(lines);
    }
  }

  /** Returns status and text as mosquitto has them. */
  private Told told(ConnectionFailure failure) {
    return switch (failure.kind()) {
      case LOOKUP -> new Told(ExitCode.FAILED, "Unable to connect (Lookup error).");
      case UNREACHABLE, SILENT -> new Told(ExitCode.FAILED, "Error: " + failure.getMessage());
      case INVALID -> new Told(ExitCode.FAILED, "Unable to connect (Invalid input).");
      case TLS -> new Told(ExitCode.FAILED, "Unable to connect (A TLS error occurred).");
      case PROXY_AUTHORISATION, AUTHENTICATION ->
          new Told(ExitCode.AUTHORISATION, "Error: Authorisation failed");
      case PROXY_UNREACHABLE, DISCONNECTED -> new Told(ExitCode.NOT_CONNECTED, NOT_CONNECTED);
      case PROXY -> new Told(ExitCode.PROXY, "Error: Proxy error");
      case WEBSOCKET -> new Told(ExitCode.UNKNOWN, "Error: Unknown error");
      case REFUSED -> refused(failure);
      case LOST -> new Told(ExitCode.CONNECTION_LOST, LOST);
      case UNANSWERED -> new Told(ExitCode.KEEPALIVE, "Error: " + failure.getMessage());
      case KEEPALIVE -> new Told(ExitCode.KEEPALIVE, "Error: Keepalive exceeded");
      case PROTOCOL -> new Told(ExitCode.PROTOCOL, NETWORK_PROTOCOL);
      case MALFORMED -> new Told(ExitCode.MALFORMED, "Error: Malformed packet");
      case QOS_NOT_SUPPORTED ->
          name.equals("rr")
              ? new Told(ExitCode.QOS_NOT_SUPPORTED, "Error: Requested QoS not supported on server")
              : new Told(
                  ExitCode.CONNECTION_LOST,
                  "Error: Message QoS not supported on broker, try a lower QoS.\n" + LOST);
      case OVERSIZE ->
          failure.code() == FailureExplanation.BEYOND_MQTT
              ? new Told(ExitCode.CONNECTION_LOST, "Error: Message payload is too large.")
              : command.stream() || !name.equals("pub")
                  ? new Told(ExitCode.OVERSIZE, "Error: Packet larger than supported by the server")
                  : new Told(ExitCode.CONNECTION_LOST, LOST);
      case MEMORY -> new Told(ExitCode.FAILED, "Error: Out of memory");
    };
  }

  private Told refused(ConnectionFailure failure) {
    int code = failure.code();
    boolean v5 = failure.isOfV5();
    String text =
        "Connection error: " + (v5 ? ReasonCode.text(code) : ReasonCode.connackTextV3(code));
    if (v5 && code == ReasonCode.UNSUPPORTED_PROTOCOL_VERSION) {
      text += ". Try connecting to an MQTT v5 broker, or use MQTT v3.x mode.";
    }
    if (name.equals("pub")) {
      // What MQTT 3 does not know is no refusal but nonsense, except to -l.
      boolean ordinary = !v5 && code <= ReasonCode.LAST_REFUSAL_V3;
      text +=
          ordinary || command.stream()
              ? "\nError: The connection was refused"
              : "\n" + NETWORK_PROTOCOL;
    }
    return new Told(code, text);
  }

  private int say(int status, String lines) {
    if (!command.quiet()) {
      context.err().println(lines);
    }
    return status;
  }
}
