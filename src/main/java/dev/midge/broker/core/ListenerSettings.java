package dev.midge.broker.core;

import dev.midge.broker.access.Security;
import dev.midge.broker.config.Limits;
import dev.midge.broker.config.ListenerRules;

/**
 * The settings in force at one listener. They change when the configuration is read again, for
 * connections that are open as well. Router thread only.
 */
public final class ListenerSettings {
  private final String name;
  private Limits limits;
  private ListenerRules rules;
  private Security security;
  private boolean isUnrestricted;

  /**
   * Makes them.
   *
   * @param name of the listener, the same after a restart: its port, or the path of its socket
   */
  public ListenerSettings(String name, Limits limits, ListenerRules rules, Security security) {
    this.name = name;
    this.limits = limits;
    this.rules = rules;
    this.security = security;
    this.isUnrestricted = isUnrestricted(rules, security);
  }

  private static boolean isUnrestricted(ListenerRules rules, Security security) {
    return security.rules() == null && rules.mountPoint().isEmpty();
  }

  /** Makes those of a listener that everybody may use, with the limits given. */
  public static ListenerSettings open(String name, Limits limits) {
    return new ListenerSettings(name, limits, ListenerRules.DEFAULT, Security.OPEN);
  }

  public String name() {
    return name;
  }

  /** Returns the limits of the listener's clients: the broker's, with its own in their place. */
  public Limits limits() {
    return limits;
  }

  public ListenerRules rules() {
    return rules;
  }

  public Security security() {
    return security;
  }

  /** Tells whether its clients may read and write all topics, under their own names. */
  boolean isUnrestricted() {
    return isUnrestricted;
  }

  /** Puts others in place of them. */
  public void replace(Limits newLimits, ListenerRules newRules, Security newSecurity) {
    limits = newLimits;
    rules = newRules;
    security = newSecurity;
    isUnrestricted = isUnrestricted(newRules, newSecurity);
  }
}
