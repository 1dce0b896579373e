package dev.midge.lwt.peer;

import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.ReasonCode;
import java.util.Locale;

/** Describes failures of the drill's connections in a few words. */
public final class FailureText {
  private FailureText() {}

  /** Returns the description, such as {@code CONNACK 0x87, Not authorized}. */
  public static String of(ConnectionFailure failure) {
    String more = failure.reasonString() == null ? "" : " (" + failure.reasonString() + ")";
    return switch (failure.kind()) {
      case REFUSED -> {
        int code = failure.code();
        String text = code >= 0x80 ? ReasonCode.text(code) : ReasonCode.connackTextV3(code);
        yield "CONNACK " + PacketText.code(code) + ", " + text + more;
      }
      case DISCONNECTED ->
          "DISCONNECT "
              + PacketText.code(failure.code())
              + ", "
              + ReasonCode.text(failure.code())
              + more;
      case LOST ->
          failure.getMessage() == null ? "the connection was closed" : failure.getMessage();
      default ->
          failure.getMessage() == null
              ? failure.kind().toString().toLowerCase(Locale.ROOT)
              : failure.getMessage();
    };
  }
}
