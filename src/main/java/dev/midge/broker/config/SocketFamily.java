package dev.midge.broker.config;

/** The families of addresses that a listener uses; mosquitto's {@code socket_domain}. */
public enum SocketFamily {
  /** Both, as far as the machine has them. */
  BOTH,
  IPV4,
  IPV6
}
