package dev.midge.broker.embedded;

/**
 * Scripts the broker's answers to subscriptions of clients.
 *
 * <pre>{@code broker.onSubscribe("secret/#").refuse(0x87);}</pre>
 */
public final class SubscribeScript {
  private final String filter;
  private final Script script;

  SubscribeScript(String filter, Script script) {
    this.filter = filter;
    this.script = script;
  }

  /**
   * Has SUBACK refuse the subscription; in MQTT 3 the code is always 0x80.
   *
   * @param reasonCode of MQTT 5, 0x80 and above
   */
  public void refuse(int reasonCode) {
    if (reasonCode < 0x80 || reasonCode > 0xFF) {
      throw new IllegalArgumentException("reason code " + reasonCode + " refuses nothing");
    }
    script.refuse(filter, reasonCode);
  }
}
