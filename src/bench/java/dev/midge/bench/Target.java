package dev.midge.bench;

/**
 * What is measured: the two brokers, mosquitto as it comes and with {@code set_tcp_nodelay true},
 * the mirror that shows what the driver can do, and the latter mosquitto behind midge's proxy.
 */
enum Target {
  MIDGE("midge"),
  MOSQUITTO("mosquitto"),
  NODELAY("mosquitto, nodelay"),
  MIRROR("mirror"),
  BARE_JVM("bare JVM"),
  PROXIED("through midge proxy");

  final String title;

  Target(String title) {
    this.title = title;
  }
}
