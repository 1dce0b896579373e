package org.eclipse.paho.mqttv5.client.internal;

import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;

/**
 * Stands in the place of Paho's class of this name, which the build leaves out: it looks for
 * transports by a service loader and reads addresses by regular expressions, at every start. midge
 * brings its own transport, and gives Paho no address.
 */
public final class NetworkModuleService {
  private NetworkModuleService() {}

  /** Any address will do. */
  public static void validateURI(String uri) {}

  /** Nobody asks: the client's own network module is used. */
  public static NetworkModule createInstance(
      String uri, MqttConnectionOptions options, String clientId) {
    throw new IllegalArgumentException(uri);
  }
}
