package dev.midge.broker.transport;

import dev.midge.broker.core.DisconnectCause;
import java.io.IOException;

/** The peer broke the rules of a layer. The layer's own answer can still be written. */
final class LayerException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient DisconnectCause cause;

  private LayerException(DisconnectCause cause) {
    super(cause.reason());
    this.cause = cause;
  }

  static LayerException protocolError() {
    return new LayerException(DisconnectCause.PROTOCOL_ERROR);
  }

  /** Makes one for a page that a listener does not serve. */
  static LayerException foreignOrigin() {
    return new LayerException(DisconnectCause.FOREIGN_ORIGIN);
  }

  /**
   * Makes one for a connection that is as broken as a failed socket.
   *
   * @param why for the log
   */
  static LayerException network(String why) {
    return new LayerException(DisconnectCause.network(why));
  }

  DisconnectCause disconnectCause() {
    return cause;
  }
}
