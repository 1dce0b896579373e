package org.eclipse.paho.mqttv5.client.logging;

/**
 * Stands in the place of Paho's class of this name, which the build leaves out. Paho asks it for a
 * logger in each of its classes and for each packet, and Paho's own reads a resource bundle every
 * time, the first of which takes a fifth of the start of {@code sub}.
 */
public final class LoggerFactory {

  /** The bundle that Paho's classes name when they ask. */
  public static final String MQTT_CLIENT_MSG_CAT =
      "org.eclipse.paho.mqttv5.client.internal.nls.logcat";

  private static final Logger NO_LOG = new NoLog();

  private LoggerFactory() {}

  /** The one logger that there is. Any thread. */
  public static Logger getLogger(String messageCatalog, String loggerId) {
    return NO_LOG;
  }
}
