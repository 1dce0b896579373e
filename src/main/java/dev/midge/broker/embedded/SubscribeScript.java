package dev.midge.broker.embedded;

/**
 * Scripts the broker's answers to subscriptions of clients to a filter and to those within it.
 *
 * <pre>{@code broker.onSubscribe("secret/#").refuse(0x87);}</pre>
 *
 * <p>They last over {@code restart()}, until {@code clearScripts()}.
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
   * @param reasonCode of MQTT 5, 0x80 to 0xFF
   */
  public void refuse(int reasonCode) {
    Script.checkRefuses(reasonCode);
    script.refuseSubscribe(filter, reasonCode);
  }
}
