package dev.midge.cli;

import dev.midge.client.LinkFailure;
import dev.midge.mqtt.ReasonCode;
import java.io.PrintStream;

/** Turns failures into lines on standard error and exit statuses; nobody else does. */
final class Errors {
  private static final String NETWORK_PROTOCOL =
      "Error: A network protocol error occurred when communicating with the broker";

  private final PrintStream err;
  private final String command;
  private final boolean quiet;

  /**
   * @param command the word after {@code midge}
   * @param quiet whether failures at run time are not printed
   */
  Errors(PrintStream err, String command, boolean quiet) {
    this.err = err;
    this.command = command;
    this.quiet = quiet;
  }

  int usage(String message, int status) {
    err.println(message);
    err.println();
    err.println("Use 'midge " + command + " --help' to see usage.");
    return status;
  }

  /** A failure of the connection, with mosquitto's status and words. */
  int link(LinkFailure failure, boolean v5) {
    return switch (failure.kind()) {
      case LOOKUP -> say(ExitCode.FAILED, "Unable to connect (Lookup error).");
      case UNREACHABLE -> say(ExitCode.FAILED, "Error: " + failure.getMessage());
      case INVALID -> say(ExitCode.FAILED, "Unable to connect (Invalid input).");
      case TLS -> say(ExitCode.FAILED, "Unable to connect (A TLS error occurred).");
      case TLS_FILE -> say(ExitCode.FAILED, "Error: Problem setting TLS options: File not found.");
      case TLS_SETTING -> say(ExitCode.FAILED, "Error: " + failure.getMessage());
      case PROXY_AUTHORISATION -> say(ExitCode.AUTHORISATION, "Error: Authorisation failed");
      case PROXY_UNREACHABLE ->
          say(ExitCode.NOT_CONNECTED, "Error: The client is not currently connected");
      case PROXY -> say(ExitCode.PROXY, "Error: Proxy error");
      case WEBSOCKET -> say(ExitCode.UNKNOWN, "Error: Unknown error");
      case REFUSED -> refused(failure, v5);
      case LOST -> say(ExitCode.CONNECTION_LOST, "Error: The connection was lost");
      case KEEPALIVE -> say(ExitCode.KEEPALIVE, "Error: Keepalive exceeded");
      case DISCONNECTED -> disconnected(failure);
      case PROTOCOL -> say(ExitCode.PROTOCOL, NETWORK_PROTOCOL);
      case MALFORMED -> say(ExitCode.MALFORMED, "Error: Malformed packet");
      case AUTHENTICATION -> say(ExitCode.AUTHORISATION, "Error: Authorisation failed");
      case QOS_NOT_SUPPORTED ->
          say(
              ExitCode.CONNECTION_LOST,
              "Error: Message QoS not supported on broker, try a lower QoS.\nError: The connection was lost");
      case OVERSIZE ->
          say(failure.code() == 0 ? ExitCode.CONNECTION_LOST : failure.code(), oversize(failure));
    };
  }

  private static String oversize(LinkFailure failure) {
    return failure.code() == ExitCode.OVERSIZE
        ? "Error: Packet larger than supported by the server"
        : "Error: The connection was lost";
  }

  private int refused(LinkFailure failure, boolean v5) {
    int code = failure.code();
    if (!v5) {
      String second = command.equals("pub") ? "\nError: The connection was refused" : "";
      return say(code, "Connection error: " + ReasonCode.connackTextV3(code) + second);
    }
    String text = "Connection error: " + ReasonCode.text(code);
    if (code == ReasonCode.UNSUPPORTED_PROTOCOL_VERSION) {
      text += ". Try connecting to an MQTT v5 broker, or use MQTT v3.x mode: -V 311.";
    }
    if (failure.reasonString() != null) {
      text += "\n" + failure.reasonString();
    }
    if (command.equals("pub")) {
      text += "\n" + NETWORK_PROTOCOL;
    }
    return say(code, text);
  }

  private int disconnected(LinkFailure failure) {
    String reason =
        failure.code() >= 0x80 ? ": the broker said " + ReasonCode.text(failure.code()) : "";
    return say(ExitCode.NOT_CONNECTED, "Error: The client is not currently connected" + reason);
  }

  int say(int status, String lines) {
    if (!quiet) {
      err.println(lines);
    }
    return status;
  }
}
