package dev.midge.broker.transport;

import dev.midge.broker.core.Ending;
import java.io.IOException;

/** The peer broke the rules of a stage; what the stage has to say about it can still be written. */
final class StageException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Ending ending;

  private StageException(Ending ending) {
    super(ending.reason());
    this.ending = ending;
  }

  static StageException protocolError() {
    return new StageException(Ending.PROTOCOL_ERROR);
  }

  /**
   * The connection is broken as a failed socket is.
   *
   * @param why for the log
   */
  static StageException network(String why) {
    return new StageException(Ending.network(why));
  }

  Ending ending() {
    return ending;
  }
}
