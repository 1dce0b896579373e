package dev.midge.mqtt;

/** A version of MQTT that midge speaks. */
public enum ProtocolVersion {
  V3_1(3, "MQIsdp", "3.1"),
  V3_1_1(4, "MQTT", "3.1.1"),
  V5(5, "MQTT", "5");

  private final int level;
  private final String protocolName;
  private final String number;

  ProtocolVersion(int level, String protocolName, String number) {
    this.level = level;
    this.protocolName = protocolName;
    this.number = number;
  }

  /** Returns the protocol version byte of CONNECT: 3, 4 or 5. */
  public int level() {
    return level;
  }

  /** Returns the protocol name of CONNECT. */
  public String protocolName() {
    return protocolName;
  }

  /** Returns the version as people write it: {@code 3.1}, {@code 3.1.1} or {@code 5}. */
  public String number() {
    return number;
  }

  /** Tells whether it is MQTT 5, which alone has properties and reason codes everywhere. */
  public boolean isV5() {
    return this == V5;
  }
}
