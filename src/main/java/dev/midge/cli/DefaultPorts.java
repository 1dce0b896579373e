package dev.midge.cli;

/** The ports that brokers of MQTT listen on unless somebody says otherwise. */
public final class DefaultPorts {
  public static final int MQTT = 1883;
  public static final int TLS = 8883;

  private DefaultPorts() {}
}
