package dev.midge.cli.failure;

import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.ReasonCode;
import org.jspecify.annotations.Nullable;

/** The message about a CONNACK that refuses, or a DISCONNECT of the broker. */
final class RefusalMessage {
  private RefusalMessage() {}

  static FailureMessage connack(ConnectionFailure failure, ConnectAttempt attempt) {
    int code = failure.code();
    boolean v5 = failure.isOfV5();
    String text = v5 ? ReasonCode.text(code) : ReasonCode.connackTextV3(code);
    return new FailureMessage(
        "The broker refused the connection",
        line("CONNACK", v5, code, text, failure.reasonString()) + reference(failure),
        advice(failure, Advice.toBeLetIn(v5 ? code : fromV3(code), attempt)));
  }

  static FailureMessage disconnect(ConnectionFailure failure, ConnectAttempt attempt) {
    int code = failure.code();
    return new FailureMessage(
        "The broker ended the connection",
        line("DISCONNECT", code, text(code), failure.reasonString()) + reference(failure),
        advice(failure, Advice.toStay(code, attempt)));
  }

  private static String reference(ConnectionFailure failure) {
    String reference = failure.serverReference();
    return reference == null ? "" : " (Server Reference: " + reference + ")";
  }

  private static String advice(ConnectionFailure failure, String otherwise) {
    return failure.serverReference() == null
        ? otherwise
        : "the server that it refers to: -h HOST and -p PORT, or -L.";
  }

  static String line(String packet, int code, String text, @Nullable String reason) {
    return line(packet, true, code, text, reason);
  }

  private static String line(
      String packet, boolean v5, int code, String text, @Nullable String reason) {
    return packet
        + " "
        + (v5 ? ReasonCode.hex(code) : String.valueOf(code))
        + " "
        + text
        + (reason == null || reason.isEmpty() ? "" : ": \"" + reason + "\"");
  }

  /** Returns the code of MQTT 5 for a return code of MQTT 3. */
  private static int fromV3(int code) {
    return switch (code) {
      case 1 -> ReasonCode.UNSUPPORTED_PROTOCOL_VERSION;
      case 2 -> ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
      case 3 -> ReasonCode.SERVER_UNAVAILABLE;
      case 4 -> ReasonCode.BAD_USER_NAME_OR_PASSWORD;
      case 5 -> ReasonCode.NOT_AUTHORIZED;
      default -> code;
    };
  }

  /** Returns the name of a reason code of DISCONNECT. */
  private static String text(int code) {
    return code == 0 ? "Normal disconnection" : ReasonCode.text(code);
  }
}
