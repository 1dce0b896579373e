package dev.midge.fault;

/**
 * The packet of {@link EffectKind#GARBAGE}: the reserved type 0, and a length that does not end
 * after four bytes [MQTT-2.1.4-1]: both are malformed in every version, so that no reader waits for
 * more.
 */
public final class MalformedPacket {
  private MalformedPacket() {}

  /** Returns its bytes. */
  public static byte[] bytes() {
    return new byte[] {0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
  }
}
