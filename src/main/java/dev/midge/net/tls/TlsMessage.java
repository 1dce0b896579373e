package dev.midge.net.tls;

/** Tells what Java says of a failure of TLS, in the same words on every version of it. */
public final class TlsMessage {
  private TlsMessage() {}

  /** Returns the message without the name of the alert in front, which newer versions put there. */
  public static String of(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message.replaceFirst("^\\([a-z_]+\\) ", "");
  }
}
