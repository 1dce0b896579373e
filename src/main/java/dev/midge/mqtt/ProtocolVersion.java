package dev.midge.mqtt;

/** The versions of MQTT that midge speaks. */
public enum ProtocolVersion {
  V3_1(3, "MQIsdp"),
  V3_1_1(4, "MQTT"),
  V5(5, "MQTT");

  private final int level;
  private final String protocolName;

  ProtocolVersion(int level, String protocolName) {
    this.level = level;
    this.protocolName = protocolName;
  }

  /** The protocol version byte of CONNECT: 3, 4 or 5. */
  public int level() {
    return level;
  }

  /** The protocol name of CONNECT. */
  public String protocolName() {
    return protocolName;
  }

  /** True for MQTT 5, which alone has properties and reason codes everywhere. */
  public boolean isV5() {
    return this == V5;
  }
}
