package dev.midge.mqtt.codec;

/**
 * Bytes that are no packet, or one that the standard forbids. The only exception that the decoder
 * throws.
 */
public final class MalformedPacketException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The receiver's answer to the sender of such bytes. */
  public enum Answer {
    /**
     * In MQTT 5 CONNACK (before the session) or DISCONNECT (after) with the reason code, then
     * close.
     */
    REASON_CODE,
    /** Close without a word, in every version. */
    CLOSE,
    /** CONNACK with the reason code, in the shape of the version that the peer named. */
    CONNACK
  }

  private final int reasonCode;
  private final Answer answer;

  public MalformedPacketException(int reasonCode, Answer answer, String what) {
    // Hostile peers make many of these: no stack trace.
    super(what, null, false, false);
    this.reasonCode = reasonCode;
    this.answer = answer;
  }

  public MalformedPacketException(int reasonCode, String what) {
    this(reasonCode, Answer.REASON_CODE, what);
  }

  /**
   * Returns a reason code of MQTT 5: 0x81 malformed, 0x82 protocol error, 0x95 too large and so on.
   */
  public int reasonCode() {
    return reasonCode;
  }

  public Answer answer() {
    return answer;
  }
}
