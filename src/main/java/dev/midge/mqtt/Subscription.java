package dev.midge.mqtt;

/**
 * One entry of SUBSCRIBE.
 *
 * @param retainHandling 0 send retained messages, 1 only when the subscription is new, 2 do not
 *     send them
 */
public record Subscription(
    String filter, Qos qos, boolean noLocal, boolean retainAsPublished, int retainHandling) {

  public static Subscription of(String filter, Qos qos) {
    return new Subscription(filter, qos, false, false, 0);
  }

  /**
   * Returns the subscription options byte of MQTT 5; its two lowest bits are the whole of it in
   * MQTT 3.
   */
  public int options() {
    return qos.level()
        | (noLocal ? 0x04 : 0)
        | (retainAsPublished ? 0x08 : 0)
        | retainHandling << 4;
  }
}
