package dev.midge.broker.core.router;

/** Thrown when a client has broken a rule of MQTT that ends its connection. */
final class ProtocolViolation extends Exception {
  private static final long serialVersionUID = 1;

  private final int reasonCode;

  /**
   * @param reasonCode of MQTT 5's DISCONNECT
   * @param message for the log
   */
  ProtocolViolation(int reasonCode, String message) {
    super(message, null, false, false);
    this.reasonCode = reasonCode;
  }

  int reasonCode() {
    return reasonCode;
  }
}
